package dev.shoebox.cli.backup;

import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.JsonEvent;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.photos.source.Inventory;
import dev.shoebox.photos.source.PassedOver;
import dev.shoebox.photos.source.PassedOver.Kind;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prints what was not backed up because it is no photo or film: the numbers by kind, and names on request. */
public final class PassedOverOutput {
    /** The number of lines of one kind that fit on a screen. */
    private static final int MOST_UNREAD = 3;

    private final Console console;

    public PassedOverOutput(Console console) {
        this.console = console;
    }

    /** Prints every name: to programs, and with {@code -v} to people. */
    public void name(Inventory inventory) {
        for (PassedOver what : inventory.named()) {
            if (console.isVerbose()) {
                console.say("passed over: " + what.path()
                        + (what.files() > 1 ? " (" + TextFormat.count(what.files(), "file") + "; " : " (") + what.why()
                        + ")");
            }
            console.event(new JsonEvent("passed-over")
                    .with("path", what.path())
                    .with("kind", what.kind().word())
                    .with("why", what.why())
                    .with("files", what.files()));
        }
        if (inventory.unnamed() > 0) {
            console.say("passed over: " + TextFormat.count(inventory.unnamed(), "more file") + " that no list names");
            console.event(new JsonEvent("passed-over").with("kind", "unnamed").with("files", inventory.unnamed()));
        }
    }

    /** Prints the numbers by kind, in at most two lines. */
    public void tell(Inventory inventory) {
        long clutter = inventory.clutter();
        long others = inventory.passedOver() - clutter;
        if (others > 0) {
            console.outcome(
                    "Not photos or videos: " + PassedOver.kinds(inventory.counts(), false) + "; -v lists them.");
        }
        if (clutter > 0) {
            console.outcome("Skipped, made by operating systems and programs for their own use: "
                    + PassedOver.kinds(inventory.counts(), true) + "; -v lists their folders.");
        }
        unread(inventory);
    }

    /** Prints which unread files may contain photos, and what to do. */
    private void unread(Inventory inventory) {
        if (!inventory.mayHoldMore()) {
            return;
        }
        console.warn("Not backed up, because Shoebox cannot read them; they may contain photos:");
        Map<String, List<String>> byWhy = new LinkedHashMap<>();
        inventory.named().stream().filter(what -> what.kind().mayHoldPhotos()).forEach(what -> byWhy.computeIfAbsent(
                        what.why(), why -> new ArrayList<>())
                .add(what.path()));
        byWhy.forEach((why, paths) -> {
            paths.stream().limit(MOST_UNREAD).forEach(path -> console.warn("  " + path));
            if (paths.size() > MOST_UNREAD) {
                console.warn("  and " + TextFormat.count(paths.size() - MOST_UNREAD) + " more; -v lists all");
            }
            console.warn("    " + why);
        });
    }

    /** Reports a bug if some files have no outcome, or two. */
    void check(long unaccounted, String source) {
        if (unaccounted != 0) {
            console.warn("This is a bug in Shoebox: it lost track of " + TextFormat.count(Math.abs(unaccounted))
                    + " files on " + source + ". Please report it, and do not rely on this run.");
        }
    }

    /** Returns what a source without photos contains instead. */
    static String instead(Inventory inventory) {
        return inventory.passedOver() == 0
                ? "it contains no files"
                : "it contains other files: "
                        + Stream.of(false, true)
                                .map(clutter -> PassedOver.kinds(inventory.counts(), clutter))
                                .filter(kinds -> !kinds.isEmpty())
                                .collect(Collectors.joining(", "));
    }

    /** Returns the numbers by kind, as in JSON. */
    public static Map<String, Long> counts(Inventory inventory) {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (Kind kind : Kind.values()) {
            if (inventory.counts().containsKey(kind)) {
                counts.put(kind.word(), inventory.counts().get(kind));
            }
        }
        return counts;
    }
}
