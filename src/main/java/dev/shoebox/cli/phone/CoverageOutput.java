package dev.shoebox.cli.phone;

import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.JsonEvent;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.coverage.AssetCoverage;
import dev.shoebox.coverage.BackedUpFiles;
import dev.shoebox.coverage.CoverageClass;
import dev.shoebox.coverage.SameBytes.Holder;
import dev.shoebox.history.RunEnding;
import dev.shoebox.photos.choice.AssetFilter.Verdict;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** Prints where photos are: for people the most urgent first, for programs each photo. */
final class CoverageOutput {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu-MM-dd");

    private static final Set<Holder> ON_ALL = Set.of(Holder.values());
    private static final Set<Holder> WITHOUT_ICLOUD = Set.of(Holder.PHONE, Holder.BACKUP);
    private static final Set<Holder> WITHOUT_PHONE = Set.of(Holder.BACKUP, Holder.ICLOUD);

    private final Console console;
    private final String phone;
    private final CoverageBasis known;
    private final BackedUpFiles holdings; // or null
    private final Map<Set<Holder>, Long> alike = new HashMap<>();
    private final Map<CoverageClass, CoverageTally> tallies = new EnumMap<>(CoverageClass.class);

    private final Function<AssetCoverage, Optional<LocalDateTime>> taken;

    /**
     * Creates the output.
     *
     * @param known what is known besides the phone's list of files
     * @param taken returns the capture time of a photo, in local time
     */
    CoverageOutput(
            Console console,
            String phone,
            CoverageBasis known,
            Function<AssetCoverage, Optional<LocalDateTime>> taken) {
        this.taken = taken;
        this.console = console;
        this.phone = phone;
        this.known = known;
        this.holdings = known.holdings().orElse(null);
    }

    /**
     * Prints how many photos are where, and what to do.
     *
     * @param leftOut the number of deselected photos, by reason
     */
    void show(List<AssetCoverage> covered, Map<Verdict, Long> leftOut, RunEnding code) {
        tally(covered, each -> true);
        List<CoverageAdvice> advice = CoverageAdvice.of(tallies, known);
        overview(leftOut, advice);
        conclude(advice, summary(covered.size(), leftOut, code));
    }

    /**
     * Prints the photos of one class.
     *
     * @param leftOut the number of deselected photos, by reason
     */
    void list(List<AssetCoverage> covered, CoverageClass listed, Map<Verdict, Long> leftOut, RunEnding code) {
        tally(covered, each -> each == listed);
        covered.stream().filter(each -> each.whereabouts() == listed).forEach(each -> console.result(each.path()));
        conclude(CoverageAdvice.of(tallies, known), summary(covered.size(), leftOut, code));
    }

    private void conclude(List<CoverageAdvice> advice, JsonEvent summary) {
        advice.forEach(each -> console.event(
                new JsonEvent("advice").with("about", each.about()).with("message", each.message())));
        console.event(summary);
    }

    /** @param isListed whether programs get an event for each photo of that class */
    private void tally(List<AssetCoverage> covered, Predicate<CoverageClass> isListed) {
        for (AssetCoverage each : covered) {
            boolean backedUp = holdings != null && holdings.hold(each);
            boolean verified = backedUp && holdings.haveVerified(each);
            boolean forgotten = holdings != null && holdings.letGo(each);
            CoverageTally tally = tallies.computeIfAbsent(each.whereabouts(), where -> new CoverageTally());
            tally.add(each);
            taken.apply(each).ifPresent(tally::addDate);
            if (backedUp) {
                tally.addBackedUp();
            }
            if (verified) {
                tally.addVerified();
            }
            if (forgotten) {
                tally.addForgotten();
            }
            Set<Holder> holders = known.same().map(same -> same.holders(each)).orElse(Set.of());
            if (!holders.isEmpty()) {
                alike.merge(holders, 1L, Long::sum);
            }
            if (console.isJson() && isListed.test(each.whereabouts())) {
                JsonEvent event = event(each);
                if (holdings != null) {
                    event.with("backedUp", backedUp)
                            .with("verified", verified)
                            .with("forgotten", forgotten)
                            .with(
                                    "sameBytes",
                                    holders.stream()
                                            .sorted()
                                            .map(TextFormat::hyphenated)
                                            .toList());
                }
                console.event(event);
            }
        }
    }

    private JsonEvent event(AssetCoverage covered) {
        Optional<LocalDateTime> captured = taken.apply(covered);
        JsonEvent event = new JsonEvent("asset")
                .with("path", covered.path())
                .with("class", TextFormat.hyphenated(covered.whereabouts()))
                .with("confidence", TextFormat.hyphenated(covered.confidence()))
                .with("evidence", covered.evidence())
                .with("bytes", covered.bytes())
                .with("captured", captured.map(Object::toString))
                .with("year", captured.map(LocalDateTime::getYear));
        return event;
    }

    private void overview(Map<Verdict, Long> leftOut, List<CoverageAdvice> advice) {
        if (tallies.isEmpty()) {
            console.result("There are no photos on " + phone + ".");
        }
        for (CoverageClass where : CoverageClass.values()) {
            CoverageTally tally = tallies.get(where);
            if (tally != null) {
                console.result(sentence(where, tally.assets()) + " (" + figures(tally) + ").");
                if (holdings != null) {
                    console.result("    " + held(tally));
                }
            }
        }
        sameBytes(ON_ALL, "on this phone, in the backup and in iCloud");
        sameBytes(WITHOUT_ICLOUD, "on this phone and in the backup");
        sameBytes(WITHOUT_PHONE, "in the backup and in iCloud");
        notCounted(leftOut, Verdict.TRASHED, " in Recently Deleted");
        notCounted(leftOut, Verdict.LEFT_OUT, " excluded by your options");
        known.library()
                .icloud()
                .filter(on -> !on && known.icloud().isEmpty())
                .ifPresent(off -> console.result(
                        "iCloud Photos seems to be off on this iPhone: nothing there shows that any photo "
                                + "is in iCloud."));
        for (CoverageAdvice each : advice) {
            console.result("");
            console.result(each.message());
        }
    }

    private void sameBytes(Set<Holder> holders, String where) {
        long count = alike.getOrDefault(holders, 0L);
        if (count > 0) {
            console.result(
                    "Of " + TextFormat.count(count, "photo") + " the same bytes are " + where + ", by fingerprint.");
        }
    }

    private void notCounted(Map<Verdict, Long> leftOut, Verdict why, String words) {
        long count = leftOut.getOrDefault(why, 0L);
        if (count > 0) {
            console.result(TextFormat.count(count, "photo") + words + (count == 1 ? " is" : " are") + " not counted.");
        }
    }

    private static String sentence(CoverageClass where, long count) {
        String photos = TextFormat.count(count, "photo");
        boolean one = count == 1;
        return switch (where) {
            case ONLY_ON_PHONE -> photos + (one ? " exists" : " exist") + " only on this phone";
            case WAITING_FOR_ICLOUD -> photos + (one ? " waits" : " wait") + " to be uploaded to iCloud";
            case PART_MISSING -> photos + (one ? " lacks" : " lack") + " a part on this phone (a video or a RAW file)";
            case UNKNOWN -> "Of " + photos + " it is unknown whether iCloud has " + (one ? "it" : "them");
            case ONLY_IN_ICLOUD -> photos + (one ? " is" : " are") + " only in iCloud";
            case IN_ICLOUD_AND_ON_PHONE -> photos + (one ? " is" : " are") + " in iCloud and on this phone";
        };
    }

    private static String figures(CoverageTally tally) {
        String years = tally.oldest()
                .map(oldest -> "; the oldest of " + DAY.format(oldest) + ", the newest of "
                        + DAY.format(tally.newest().orElseThrow()))
                .orElse("");
        return TextFormat.bytes(tally.bytes()) + years;
    }

    private static String held(CoverageTally tally) {
        long wanted = tally.assets() - tally.forgotten();
        String backedUp = tally.backedUp() == tally.assets()
                ? "all backed up"
                : tally.backedUp() == 0 && wanted > 0
                        ? "none backed up"
                        : TextFormat.count(tally.backedUp()) + " backed up"
                                + (tally.backedUp() == wanted
                                        ? ""
                                        : ", " + TextFormat.count(wanted - tally.backedUp()) + " not");
        String forgotten = tally.forgotten() == 0
                ? ""
                : ", " + TextFormat.count(tally.forgotten()) + " that you deleted from the backup and forgot";
        return backedUp
                + forgotten
                + (tally.verified() == 0 ? "" : "; " + TextFormat.count(tally.verified()) + " verified since");
    }

    private JsonEvent summary(long assets, Map<Verdict, Long> leftOut, RunEnding code) {
        Map<String, Object> classes = new LinkedHashMap<>();
        for (CoverageClass where : CoverageClass.values()) {
            CoverageTally tally = tallies.getOrDefault(where, new CoverageTally());
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("assets", tally.assets());
            figures.put("bytes", tally.bytes());
            tally.oldest().ifPresent(oldest -> figures.put("oldest", oldest.toString()));
            tally.newest().ifPresent(newest -> figures.put("newest", newest.toString()));
            if (holdings != null) {
                figures.put("backedUp", tally.backedUp());
                figures.put("verified", tally.verified());
                figures.put("forgotten", tally.forgotten());
            }
            classes.put(TextFormat.hyphenated(where), figures);
        }
        JsonEvent summary = new JsonEvent("summary");
        if (known.same().isPresent()) {
            Map<String, Object> counts = new LinkedHashMap<>();
            counts.put("phoneBackupAndICloud", alike.getOrDefault(ON_ALL, 0L));
            counts.put("phoneAndBackup", alike.getOrDefault(WITHOUT_ICLOUD, 0L));
            counts.put("backupAndICloud", alike.getOrDefault(WITHOUT_PHONE, 0L));
            summary.with("sameBytes", counts);
        }
        return summary.with("exitCode", code.number())
                .with("assets", assets)
                .with(
                        "bytes",
                        tallies.values().stream()
                                .mapToLong(CoverageTally::bytes)
                                .sum())
                .with("classes", classes)
                .with("recentlyDeleted", leftOut.getOrDefault(Verdict.TRASHED, 0L))
                .with("leftOut", leftOut.getOrDefault(Verdict.LEFT_OUT, 0L))
                .with("libraryRead", known.library().isThere())
                .with("icloudPhotos", known.library().icloud().map(on -> on ? "on" : "off"))
                .with("cause", known.icloud().map(found -> found.cause().word()));
    }
}
