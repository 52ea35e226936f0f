package dev.shoebox.cli.run;

import dev.shoebox.backup.event.BackupEvent.Undated;
import dev.shoebox.cli.terminal.JsonEvent;
import dev.shoebox.cli.terminal.TextFormat;

import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;

/** Says how many photos tell no date of their own, so that nobody takes a guess for one. */
public final class UndatedOutput {
    private static final int MOST_FOLDERS = 3;

    private UndatedOutput() {}

    public static String line(Undated undated) {
        String folders = undated.folders().entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_FOLDERS)
                .map(folder -> (folder.getKey().isEmpty() ? "the top folder" : folder.getKey()) + " ("
                        + TextFormat.count(folder.getValue()) + ")")
                .collect(Collectors.joining(", "));
        int more = undated.folders().size() - MOST_FOLDERS;
        return undated.photos() + " of " + TextFormat.count(undated.all(), "photo") + " "
                + (undated.photos() == 1 ? "tells" : "tell")
                + " no date of " + (undated.photos() == 1 ? "its" : "their")
                + " own; the time of the file, where it is plausible, stands for it. From " + folders
                + (more > 0 ? " and " + TextFormat.count(more, "more folder") : "") + "."
                + undated.copyDay()
                        .map(day -> " Most files here are dated " + day + ", probably the day of a copy.")
                        .orElse("");
    }

    public static JsonEvent event(Undated undated) {
        return new JsonEvent("undated")
                .with("photos", undated.photos())
                .with("all", undated.all())
                .with("folders", undated.folders())
                .with("copyDay", undated.copyDay().map(Object::toString));
    }
}
