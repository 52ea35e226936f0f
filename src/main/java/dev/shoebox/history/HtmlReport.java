package dev.shoebox.history;

import dev.shoebox.photos.source.SourceId;
import dev.shoebox.text.Amounts;
import dev.shoebox.text.PrintableText;
import dev.shoebox.text.Sha256;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Formats a run as a self-contained HTML page: no scripts, nothing loaded, every name escaped. Starts with the verdict,
 * then advice, then figures.
 */
public final class HtmlReport {
    /** The first bytes of every page, which identify a report. */
    public static final String BEGINNING = "<!doctype html><!-- a Shoebox report -->\n";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm", Locale.ENGLISH);
    private static final int MOST_FOLDERS = 12;

    /** The hash of the style sheet, for a Content-Security-Policy. */
    public static final String STYLE_SOURCE = "'" + hash(ReportStyle.TEXT) + "'";

    private final RunRecord run;
    private final ZoneId zone;
    private final StringBuilder html = new StringBuilder(8192);

    private HtmlReport(RunRecord run, ZoneId zone) {
        this.run = run;
        this.zone = zone;
    }

    /** @param zone the time zone of the times in the text */
    public static String of(RunRecord run, ZoneId zone) {
        return new HtmlReport(run, zone).write();
    }

    private String write() {
        RunSummary verdict = RunSummary.of(run);
        html.append(BEGINNING)
                .append("<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '")
                .append(hash(ReportStyle.TEXT))
                .append("'; base-uri 'none'; form-action 'none'\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<meta name=\"referrer\" content=\"no-referrer\">\n<title>")
                .append(safe(verdict.headline()))
                .append("</title>\n<style>")
                .append(ReportStyle.TEXT)
                .append("</style>\n</head>\n<body>\n<main>\n");
        html.append("<header class=\"")
                .append(verdict.mood().name().toLowerCase(Locale.ROOT))
                .append("\">\n<p class=\"when\">")
                .append(safe(title()))
                .append("</p>\n<h1>")
                .append(safe(verdict.headline()))
                .append("</h1>\n");
        verdict.explanation().ifPresent(text -> element("p", text));
        verdict.advice().ifPresent(text -> html.append("<p class=\"todo\"><strong>What to do:</strong> ")
                .append(safe(text))
                .append("</p>\n"));
        RunRecord.Removable removable = run.notes().removable();
        if (removable.isKnown() && removable.photosAndVideos() > 0) {
            element(
                    "p",
                    Amounts.count(removable.photosAndVideos())
                            + (removable.photosAndVideos() == 1 ? " photo or video" : " photos and videos") + " ("
                            + Amounts.bytes(removable.bytes())
                            + ") could be deleted from the iPhone now. Run 'shoebox safe-to-remove' to list "
                            + "them and to see what deleting does to iCloud.");
        }
        html.append("</header>\n");
        run.did().ifPresent(this::figures);
        items(run.result().failures());
        doubtful(run.result().notSafe());
        run.result().omitted().ifPresent(omitted -> new OmittedSection(html).write(omitted));
        warnings();
        folders();
        proof();
        facts();
        html.append("<footer>Made by Shoebox on this computer. The photos themselves are ordinary files; "
                + "<code>sha256sum -c SHA256SUMS</code> in the backup's folder checks them.</footer>\n"
                + "</main>\n</body>\n</html>\n");
        return html.toString();
    }

    private String title() {
        String what =
                switch (run.kind()) {
                    case VERIFY -> "Verification";
                    case FILES -> "Backup of other files";
                    case BACKUP -> "Backup";
                };
        return what + run.source().map(source -> " of " + source.name()).orElse("") + " · " + time(run.started());
    }

    private void figures(RunResult did) {
        RunResult.Counts counts = did.counts();
        html.append("<section class=\"figures\">\n");
        if (run.kind() == RunRecord.Kind.VERIFY) {
            figure(Amounts.count(counts.assets()), "files read and compared");
            figure(Amounts.count(counts.damaged()), "damaged or missing");
        } else {
            figure(Amounts.count(counts.copied()), counts.copied() == 1 ? "new file" : "new files");
            figure(Amounts.bytes(did.traffic().bytesCopied()), "copied");
            figure(Amounts.count(counts.alreadyBackedUp()), "backed up before");
            if (counts.duplicates() > 0) {
                figure(Amounts.count(counts.duplicates()), "duplicates, not stored twice");
            }
            figure(Amounts.count(counts.failed()), "left to do");
        }
        html.append("</section>\n");
    }

    private void figure(String number, String label) {
        html.append("<div><b>")
                .append(safe(number))
                .append("</b><span>")
                .append(safe(label))
                .append("</span></div>\n");
    }

    private void items(List<RunResult.Item> items) {
        if (items.isEmpty()) {
            return;
        }
        html.append("<section class=\"failures\">\n");
        element("h2", run.kind() == RunRecord.Kind.VERIFY ? "Damaged or missing" : "Not backed up");
        groups(items);
        int named = items.size();
        RunResult.Counts counts = run.result().counts();
        int all = run.kind() == RunRecord.Kind.VERIFY ? Math.max(counts.failed(), counts.damaged()) : counts.failed();
        if (all > named) {
            element("p", "and " + Amounts.count(all - named) + " more, not listed here or not reached");
        }
        html.append("</section>\n");
    }

    private void groups(List<RunResult.Item> items) {
        Map<String, List<String>> byMessage = new LinkedHashMap<>();
        items.forEach(item -> byMessage
                .computeIfAbsent(item.message(), message -> new ArrayList<>())
                .add(item.path()));
        byMessage.forEach((message, paths) -> {
            html.append("<div class=\"group\">\n");
            element("p", capitalised(message));
            html.append("<ul>\n");
            paths.forEach(path -> element("li", path));
            html.append("</ul>\n</div>\n");
        });
    }

    private void doubtful(UnsafeFiles notSafe) {
        if (notSafe.named().isEmpty()) {
            return;
        }
        html.append("<section class=\"failures\">\n");
        element("h2", "In the backup, but not safe");
        groups(notSafe.named());
        if (notSafe.files() > notSafe.named().size()) {
            element(
                    "p",
                    "and " + Amounts.count(notSafe.files() - notSafe.named().size()) + " more, not listed here");
        }
        html.append("</section>\n");
    }

    private void warnings() {
        List<String> lines = run.notes().warnings().stream()
                .filter(line -> run.message().filter(line::equals).isEmpty())
                .distinct()
                .toList();
        if (!lines.isEmpty()) {
            html.append("<section>\n");
            element("h2", "Good to know");
            html.append("<ul class=\"notes\">\n");
            lines.forEach(line -> element("li", line));
            html.append("</ul>\n</section>\n");
        }
    }

    private void folders() {
        Map<String, Integer> folders = run.notes().folders();
        if (folders.isEmpty()) {
            return;
        }
        html.append("<section>\n");
        element("h2", "Where the new photos are");
        html.append("<table>\n");
        folders.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByKey().reversed())
                .limit(MOST_FOLDERS)
                .forEach(folder -> html.append("<tr><td class=\"name\">")
                        .append(safe(folder.getKey()))
                        .append("</td><td>")
                        .append(safe(Amounts.count(folder.getValue())))
                        .append(folder.getValue() == 1 ? " file" : " files")
                        .append("</td></tr>\n"));
        html.append("</table>\n");
        if (folders.size() > MOST_FOLDERS) {
            element("p", "and " + (folders.size() - MOST_FOLDERS) + " more folders");
        }
        html.append("</section>\n");
    }

    private void proof() {
        RunResult did = run.result();
        RunResult.Traffic traffic = did.traffic();
        if (did.counts().copied() + traffic.proofs().size() == 0) {
            return;
        }
        html.append("<section>\n");
        element("h2", "How it was checked");
        element(
                "p",
                "Every byte was received, hashed and forced to the disk before a photo counted as safe."
                        + (traffic.readTwice() > 0
                                ? " " + Amounts.count(traffic.readTwice())
                                        + (traffic.readTwice() == 1 ? " file was" : " files were")
                                        + " read from the phone twice and compared."
                                : ""));
        ProofText.line(traffic.proofs()).ifPresent(line -> element("p", line));
        if (traffic.knownByFingerprint() > 0) {
            element(
                    "p",
                    "Files that were not read have the same fingerprint and size as a stored copy, "
                            + "according to the phone's library. To check them, run shoebox backup "
                            + "--fingerprints check.");
        }
        if (!did.healed().isEmpty()) {
            element(
                    "p",
                    "These files were correct only when they were read again. If this happens often, try "
                            + "another cable or port:");
            html.append("<ul>\n");
            did.healed().forEach(item -> element("li", item.path() + " (" + item.message() + ")"));
            html.append("</ul>\n");
        }
        html.append("</section>\n");
    }

    private void facts() {
        html.append("<section>\n");
        element("h2", "Details");
        html.append("<table class=\"facts\">\n");
        run.source().ifPresent(source -> fact("From", name(source)));
        fact("To", run.destination());
        fact("Began", time(run.started()));
        run.ending().ifPresent(end -> {
            fact(
                    "Ended",
                    time(end.at()) + " (after " + Amounts.duration(Duration.between(run.started(), end.at())) + ")");
            fact("Exit code", Integer.toString(end.how().number()));
        });
        fact("Started by", run.scheduled() ? "the schedule" : "hand");
        fact("Run", run.id());
        html.append("</table>\n</section>\n");
    }

    private static String name(SourceId source) {
        return source.isOfPhone() ? source.name() + " (" + source.shortened() + ")" : source.id();
    }

    private void fact(String name, String value) {
        html.append("<tr><th>")
                .append(safe(name))
                .append("</th><td>")
                .append(safe(value))
                .append("</td></tr>\n");
    }

    private void element(String tag, String text) {
        html.append('<')
                .append(tag)
                .append('>')
                .append(safe(text))
                .append("</")
                .append(tag)
                .append(">\n");
    }

    private String time(Instant instant) {
        return TIME.format(instant.atZone(zone));
    }

    static String capitalised(String sentence) {
        return sentence.isEmpty()
                ? sentence
                : sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1) + ".";
    }

    /** Escapes names, which come from an untrusted phone. */
    static String safe(String text) {
        return PrintableText.of(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String hash(String style) {
        return "sha256-" + Base64.getEncoder().encodeToString(Sha256.bytes(style));
    }
}
