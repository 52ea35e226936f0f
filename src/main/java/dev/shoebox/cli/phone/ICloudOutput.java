package dev.shoebox.cli.phone;

import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.JsonEvent;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.coverage.icloud.CloudFacts;
import dev.shoebox.coverage.icloud.CloudSteps;
import dev.shoebox.coverage.icloud.CloudWords;
import dev.shoebox.coverage.icloud.Diagnosis;
import dev.shoebox.coverage.icloud.LibraryCounts;
import dev.shoebox.coverage.icloud.Movement;
import dev.shoebox.coverage.icloud.PendingUploads;
import dev.shoebox.coverage.icloud.RejectedItem;
import dev.shoebox.coverage.icloud.Stake;
import dev.shoebox.history.RunEnding;
import dev.shoebox.library.cloud.SyncStatus;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Prints why iCloud Photos has stopped: for people on one screen, for programs as one object. */
final class ICloudOutput {
    private static final int WIDTH = 79;
    private static final int HEIGHT = 24;
    private static final int MOST_NAMES = 3;
    private static final String ANY_BACKUP = "'shoebox backup DEST'";

    private final Console console;
    private final String phone;
    private final ZoneId zone;

    ICloudOutput(Console console, String phone, ZoneId zone) {
        this.console = console;
        this.phone = phone;
        this.zone = zone;
    }

    /**
     * The result of one look at the phone.
     *
     * @param backup the backup that was compared
     * @param remarks what could not be read, and why
     */
    record Look(Diagnosis diagnosis, Stake stake, Optional<Path> backup, List<String> remarks) {}

    /** Prints the result. */
    void show(Look look, RunEnding code) {
        CloudWords words = new CloudWords(look.diagnosis(), zone);
        Optional<Path> backup = look.backup();
        List<String> steps = new CloudSteps(
                        backup.map(root -> TextFormat.command("backup", root)).orElse(ANY_BACKUP),
                        backup.map(root -> TextFormat.command("verify", root)).orElse("'shoebox verify DEST'"))
                .of(look.diagnosis(), look.stake());
        List<String> notes = new ArrayList<>(words.notes());
        notes.addAll(look.remarks());
        people(look, words, steps, notes);
        console.event(event(look, words, steps, notes, code));
    }

    /** Prints whether anything moved since the last look. */
    void moved(Movement movement, Diagnosis diagnosis, RunEnding code) {
        String verdict = new CloudWords(diagnosis, zone).verdict();
        console.result(movement.sentence());
        console.result("  " + verdict);
        console.event(new JsonEvent("icloud-moved")
                .with("moving", movement.isMoving())
                .with("waitingBefore", movement.before())
                .with("waiting", movement.after())
                .with("seconds", movement.time().toSeconds())
                .with("cause", diagnosis.cause().word())
                .with("message", movement.sentence())
                .with("exitCode", code.number()));
    }

    private void people(Look look, CloudWords words, List<String> steps, List<String> notes) {
        List<String> above = new ArrayList<>(wrapped("", phone + ": " + words.verdict()));
        above.add("");
        above.addAll(facts(look, words));
        List<String> below = new ArrayList<>();
        if (!steps.isEmpty()) {
            below.add("Do this:");
            for (int i = 0; i < steps.size(); i++) {
                below.addAll(wrapped("  " + (i + 1) + ". ", steps.get(i)));
            }
        }
        List<String> asked = wrapped("", "Only you can check: " + String.join("; ", words.questions()) + ".");
        int room = HEIGHT - 1 - above.size() - below.size() - (below.isEmpty() ? 0 : 1);
        above.forEach(console::result);
        for (String note : notes) {
            List<String> lines = wrapped("  Also            ", note);
            if (lines.size() <= room - asked.size() || console.isVerbose()) {
                lines.forEach(console::result);
                room -= lines.size();
            }
        }
        if (!below.isEmpty()) {
            console.result("");
            below.forEach(console::result);
        }
        if (asked.size() <= room) {
            asked.forEach(console::result);
        }
        if (console.isVerbose()) {
            new TreeMap<>(look.diagnosis().facts().notes().access())
                    .forEach((file, access) ->
                            console.result("  " + file.path() + "  " + TextFormat.hyphenated(access)));
        }
    }

    private static List<String> facts(Look look, CloudWords words) {
        CloudFacts facts = look.diagnosis().facts();
        List<String> lines = new ArrayList<>();
        PendingUploads waiting = facts.waiting();
        boolean off = look.diagnosis().on().equals(Optional.of(false));
        if (!off) {
            lines.addAll(wrapped("  Waiting         ", waiting(facts, waiting, words)));
        }
        lines.addAll(wrapped("  Only on iPhone  ", atStake(look)));
        lines.addAll(wrapped(
                "  Last success    ",
                facts.lastSuccess()
                        .map(at -> words.minute(at) + " (" + words.age(at) + ")")
                        .orElse("not known")));
        lines.addAll(wrapped("  In iCloud       ", inCloud(facts, words)));
        List<RejectedItem> rejected = facts.rejectedItems();
        if (!rejected.isEmpty()) {
            lines.addAll(wrapped("  Not accepted    ", names(rejected)));
        }
        long away = facts.library().map(LibraryCounts::onlyInCloud).orElse(0L);
        if (away > 0) {
            lines.addAll(wrapped(
                    "  Only in iCloud  ",
                    TextFormat.count(away, "original") + ": no backup over the cable can copy "
                            + (away == 1 ? "it" : "them") + " until the iPhone downloads "));
        }
        return lines;
    }

    private static String waiting(CloudFacts facts, PendingUploads waiting, CloudWords words) {
        if (!facts.tellsWaiting()) {
            return "not known";
        }
        if (facts.isMatching()) {
            return "photos being compared with iCloud are not counted"
                    + facts.queue()
                            .map(queue ->
                                    "; " + TextFormat.count(queue.photos() + queue.videos(), "item") + " to be sent")
                            .orElse("");
        }
        if (waiting.items() == 0) {
            return "nothing";
        }
        return TextFormat.count(waiting.photos(), "photo") + ", " + TextFormat.count(waiting.videos(), "video")
                + (waiting.bytes() > 0 ? ", " + TextFormat.bytes(waiting.bytes()) : "")
                + waiting.since()
                        .map(since -> "; the oldest since " + words.day(since) + " (" + words.age(since) + ")")
                        .orElse("");
    }

    private static String atStake(Look look) {
        Stake stake = look.stake();
        Optional<Path> backup = look.backup();
        String count = stake.onlyOnPhone() == 0 ? "nothing known" : TextFormat.photos(stake.onlyOnPhone());
        String held = backup.isEmpty()
                ? "no backup of this iPhone is known on this computer"
                : switch (stake.backup()) {
                    case PROVEN -> "everything is proven in " + TextFormat.path(backup.get());
                    case WHOLE -> TextFormat.path(backup.get()) + " has everything that is on the iPhone";
                    case PART, NONE -> TextFormat.path(backup.get()) + " does not have everything";
                };
        return count + "; " + held;
    }

    private static String inCloud(CloudFacts facts, CloudWords words) {
        Optional<SyncStatus.Counts> counts = facts.status().flatMap(SyncStatus::counts);
        String here = facts.library()
                .map(library -> "this iPhone lists " + TextFormat.count(library.photos(), "photo") + " and "
                        + TextFormat.count(library.videos(), "video"))
                .orElse("what this iPhone lists could not be read");
        return counts.map(cloud -> TextFormat.count(cloud.photos(), "photo") + " and "
                                + TextFormat.count(cloud.videos(), "video")
                                + cloud.counted()
                                        .map(at -> ", counted " + words.age(at))
                                        .orElse(""))
                        .orElse("not known")
                + "; " + here;
    }

    private static String names(List<RejectedItem> rejected) {
        List<String> names = rejected.stream()
                .limit(MOST_NAMES)
                .map(item -> TextFormat.printable(item.name()))
                .toList();
        int more = rejected.size() - names.size();
        return TextFormat.count(rejected.size(), "item") + ": " + String.join(", ", names)
                + (more > 0 ? " and " + TextFormat.count(more) + " more (--json names all)" : "");
    }

    /** Wraps a text to lines of a terminal, indented behind the heading. */
    static List<String> wrapped(String heading, String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(heading);
        int start = line.length();
        for (String word : text.split(" ", -1)) {
            if (line.length() > start && line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder(" ".repeat(heading.length()));
                start = line.length();
            }
            line.append(line.length() > start ? " " : "").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private static JsonEvent event(
            Look look, CloudWords words, List<String> steps, List<String> notes, RunEnding code) {
        Diagnosis diagnosis = look.diagnosis();
        Stake stake = look.stake();
        CloudFacts facts = diagnosis.facts();
        Map<String, Object> inCloud = new LinkedHashMap<>();
        facts.status().flatMap(SyncStatus::counts).ifPresent(counts -> {
            inCloud.put("photos", counts.photos());
            inCloud.put("videos", counts.videos());
            inCloud.put("others", counts.others());
            counts.counted().ifPresent(at -> inCloud.put("countedAt", at.toString()));
        });
        Map<String, Object> onPhone = new LinkedHashMap<>();
        facts.library().ifPresent(counts -> {
            onPhone.put("photos", counts.photos());
            onPhone.put("videos", counts.videos());
        });
        return new JsonEvent("icloud")
                .with("cause", diagnosis.cause().word())
                .with(
                        "also",
                        diagnosis.also().stream().map(cause -> cause.word()).toList())
                .with("message", words.verdict())
                .with("recordedAt", diagnosis.recordedAt().map(Instant::toString))
                .with("lastSuccess", facts.lastSuccess().map(Instant::toString))
                .with("iCloudPhotos", diagnosis.on().map(on -> on ? "on" : "off"))
                .with("matching", diagnosis.isMatching())
                .with("waiting", waiting(facts))
                .with("onlyOnPhone", stake.onlyOnPhone())
                .with("backup", TextFormat.hyphenated(stake.backup()))
                .with("inICloud", inCloud.isEmpty() ? Optional.empty() : Optional.of(inCloud))
                .with("onPhone", onPhone.isEmpty() ? Optional.empty() : Optional.of(onPhone))
                .with("onlyInICloud", facts.library().map(LibraryCounts::onlyInCloud))
                .with(
                        "rejected",
                        facts.rejectedItems().stream()
                                .map(ICloudOutput::rejected)
                                .toList())
                .with("steps", steps)
                .with("notes", notes)
                .with("unknown", words.questions())
                .with("exitCode", code.number());
    }

    private static Map<String, Object> waiting(CloudFacts facts) {
        PendingUploads waiting = facts.waiting();
        Map<String, Object> map = new LinkedHashMap<>();
        if (facts.tellsWaiting()) {
            map.put("photos", waiting.photos());
            map.put("videos", waiting.videos());
            map.put("bytes", waiting.bytes());
            waiting.since().ifPresent(since -> map.put("since", since.toString()));
        }
        return map;
    }

    private static Map<String, Object> rejected(RejectedItem item) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("path", item.name());
        if (!item.reason().isEmpty()) {
            map.put("reason", item.reason());
        }
        return map;
    }
}
