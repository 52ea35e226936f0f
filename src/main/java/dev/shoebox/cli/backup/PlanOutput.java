package dev.shoebox.cli.backup;

import dev.shoebox.backup.plan.PlannedCopy;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.JsonEvent;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.photos.CaptureTime;

import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Prints what a run would copy: by folder and kind for people, by file for programs and with {@code -v}. */
final class PlanOutput {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    /** More rows would leave no room for the rest of a small screen. */
    private static final int MOST_ROWS = 12;

    private final Console console;

    PlanOutput(Console console) {
        this.console = console;
    }

    void tell(List<PlannedCopy> copies) {
        copies.forEach(this::event);
        if (console.isVerbose()) {
            copies.forEach(this::line);
        } else {
            table(copies);
        }
    }

    static long bytes(List<PlannedCopy> copies) {
        return copies.stream().mapToLong(copy -> copy.resource().file().size()).sum();
    }

    /** Groups by folder, or by parent folders if there are too many. */
    private void table(List<PlannedCopy> copies) {
        Map<String, List<PlannedCopy>> folders = grouped(copies, PlanOutput::folder);
        if (folders.size() > MOST_ROWS) {
            folders = grouped(copies, copy -> folder(copy).replaceFirst("/.*", ""));
        }
        List<String[]> rows = new ArrayList<>();
        int named = folders.size() > MOST_ROWS ? MOST_ROWS - 1 : folders.size();
        folders.entrySet().stream().limit(named).forEach(folder -> rows.add(row(folder.getKey(), folder.getValue())));
        if (named < folders.size()) {
            List<PlannedCopy> rest =
                    folders.values().stream().skip(named).flatMap(List::stream).toList();
            rows.add(row("(" + TextFormat.count((long) folders.size() - named, "more folder") + ")", rest));
        }
        int wide = rows.stream().mapToInt(row -> row[0].length()).max().orElse(0);
        int size = rows.stream().mapToInt(row -> row[1].length()).max().orElse(0);
        for (String[] row : rows) {
            console.result(("%-" + wide + "s  %" + size + "s  %s").formatted(row[0], row[1], row[2]));
        }
    }

    private static Map<String, List<PlannedCopy>> grouped(
            List<PlannedCopy> copies, Function<PlannedCopy, String> folder) {
        return copies.stream().collect(Collectors.groupingBy(folder, TreeMap::new, Collectors.toList()));
    }

    private static String[] row(String folder, List<PlannedCopy> copies) {
        Map<String, Long> kinds =
                copies.stream().collect(Collectors.groupingBy(PlanOutput::kind, TreeMap::new, Collectors.counting()));
        String all = kinds.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .map(kind -> TextFormat.count(kind.getValue()) + " " + kind.getKey())
                .collect(Collectors.joining(", "));
        return new String[] {folder, TextFormat.bytes(bytes(copies)), all};
    }

    private static String folder(PlannedCopy copy) {
        int end = copy.path().lastIndexOf('/');
        return end < 0 ? "." : copy.path().substring(0, end);
    }

    private static String kind(PlannedCopy copy) {
        String name = copy.path().substring(copy.path().lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? "without extension" : name.substring(dot + 1).toUpperCase(Locale.ROOT);
    }

    private void line(PlannedCopy copy) {
        console.result(copy.resource().file().path() + " -> " + copy.path() + "  ("
                + TextFormat.bytes(copy.resource().file().size()) + ", "
                + copy.captured().map(time -> time.local().format(TIME)).orElse("no date")
                + (copy.contentDecides() ? "; the name, or whether it is a duplicate, depends on its content" : "")
                + ")");
    }

    private void event(PlannedCopy copy) {
        Optional<CaptureTime> captured = copy.captured();
        console.event(new JsonEvent("planned-copy")
                .with("path", copy.resource().file().path())
                .with("bytes", copy.resource().file().size())
                .with("captured", captured.map(TextFormat::iso))
                .with("capturedFrom", captured.map(time -> TextFormat.hyphenated(time.origin())))
                .with("storedAs", copy.path())
                .with("contentDecides", copy.contentDecides()));
    }
}
