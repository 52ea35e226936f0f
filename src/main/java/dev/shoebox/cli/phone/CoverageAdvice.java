package dev.shoebox.cli.phone;

import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.coverage.CoverageClass;
import dev.shoebox.run.CloudAnswer;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What to do about photos, given where they are.
 *
 * @param about one word for programs
 */
record CoverageAdvice(String about, String message) {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu-MM-dd");
    private static final int MOST = 3;

    /** The most urgent first. */
    static List<CoverageAdvice> of(Map<CoverageClass, CoverageTally> tallies, CoverageBasis known) {
        List<CoverageAdvice> advice = new ArrayList<>();
        Optional<String> trouble = known.icloud().flatMap(CloudAnswer::trouble);
        // Photos in the backup need not be backed up first.
        long alone = count(tallies, CoverageClass.ONLY_ON_PHONE)
                - Optional.ofNullable(tallies.get(CoverageClass.ONLY_ON_PHONE))
                        .map(CoverageTally::backedUp)
                        .orElse(0L);
        long waiting = count(tallies, CoverageClass.WAITING_FOR_ICLOUD);
        Optional<Boolean> icloud = known.library().icloud();
        trouble.ifPresent(line -> advice.add(new CoverageAdvice("icloud", line)));
        if (alone > 0 && icloud.equals(Optional.of(false)) && trouble.isEmpty()) {
            advice.add(new CoverageAdvice(
                    "icloud-off",
                    "iCloud Photos seems to be off, so if this iPhone is lost, these photos are lost unless they are"
                            + " backed up: 'shoebox backup DEST'."));
        } else if (alone > 0 && icloud.equals(Optional.of(true))) {
            advice.add(new CoverageAdvice(
                    "not-uploaded",
                    "iCloud Photos is on, but " + TextFormat.count(alone, "photo") + (alone == 1 ? " is" : " are")
                            + " not in iCloud. Back them up first: 'shoebox backup DEST'."));
        }
        if (waiting > 0 && trouble.isEmpty()) {
            advice.add(new CoverageAdvice(
                    "upload-behind", behind(tallies, waiting, known.icloud().isPresent())));
        }
        long away = count(tallies, CoverageClass.ONLY_IN_ICLOUD) + count(tallies, CoverageClass.PART_MISSING);
        if (away > 0) {
            advice.add(new CoverageAdvice(
                    "optimised-storage",
                    "Originals are missing on the iPhone because Optimize iPhone Storage is, or was, on. To "
                            + "download them: Settings > your name > iCloud > Photos > Download and Keep "
                            + "Originals; leave the"
                            + " iPhone on Wi-Fi and power until it is done, then run the backup again."));
        }
        return advice.size() > MOST ? List.copyOf(advice.subList(0, MOST)) : List.copyOf(advice);
    }

    /** If everything new is waiting, the upload has stopped, rather than being behind by an hour. */
    private static String behind(Map<CoverageClass, CoverageTally> tallies, long waiting, boolean told) {
        Optional<LocalDateTime> uploaded = Optional.ofNullable(tallies.get(CoverageClass.IN_ICLOUD_AND_ON_PHONE))
                .flatMap(CoverageTally::newest);
        Optional<LocalDateTime> oldest = Optional.ofNullable(tallies.get(CoverageClass.WAITING_FOR_ICLOUD))
                .flatMap(CoverageTally::oldest);
        boolean stopped = uploaded.isPresent()
                && oldest.filter(first -> first.isAfter(uploaded.get())).isPresent();
        String begin = stopped
                ? "The newest photo in iCloud is of " + DAY.format(uploaded.get()) + "; since then "
                        + TextFormat.count(waiting, "photo") + (waiting == 1 ? " waits." : " wait.")
                : TextFormat.count(waiting, "photo") + (waiting == 1 ? " waits" : " wait") + " to be uploaded.";
        return begin
                + (told
                        ? " Nothing on the iPhone points to a problem: 'shoebox icloud --watch' shows "
                                + "whether uploads progress."
                        : " The bottom of the Library in the Photos app says why: iCloud storage full "
                                + "(Settings > your name"
                                + " > iCloud), Low Power Mode or a low battery, no Wi-Fi, or a manual pause.");
    }

    private static long count(Map<CoverageClass, CoverageTally> tallies, CoverageClass where) {
        return Optional.ofNullable(tallies.get(where))
                .map(CoverageTally::assets)
                .orElse(0L);
    }
}
