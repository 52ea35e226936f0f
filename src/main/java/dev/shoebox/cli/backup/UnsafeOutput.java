package dev.shoebox.cli.backup;

import dev.shoebox.backup.event.ImplausibleFile;
import dev.shoebox.backup.event.UnsafeFindings;
import dev.shoebox.backup.plan.PlannedCopy;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.JsonEvent;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.photos.format.Plausibility;
import dev.shoebox.photos.sorting.AssetGrouping;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Prints which photos are not safe, even if they are in the backup. */
final class UnsafeOutput {
    /** The number of names that fit on a screen. JSON has all of them. */
    static final int NAMES_SHOWN = 10;

    private final Console console;
    private final Set<String> assets = new HashSet<>();
    private final List<ImplausibleFile> known = new ArrayList<>();

    UnsafeOutput(Console console) {
        this.console = console;
    }

    /** Counts the photos and videos with a file that is not safe. */
    int assets() {
        return assets.size();
    }

    /** Returns the implausible files found so far. */
    List<ImplausibleFile> known() {
        return List.copyOf(known);
    }

    void failed(String path) {
        // An unlisted folder or archive is not one of the photos that were counted.
        if (AssetGrouping.isMediaOrCompanion(path)) {
            assets.add(UnsafeFindings.base(path));
        }
    }

    void accept(ImplausibleFile file) {
        known.add(file);
        assets.add(UnsafeFindings.base(file.path()));
        console.event(new JsonEvent("implausible")
                .with("path", file.path())
                .with("storedAs", file.storedAs())
                .with("reason", file.reason())
                .with("message", file.words()));
    }

    void tell(List<ImplausibleFile> files) {
        Map<String, List<ImplausibleFile>> byKind = new LinkedHashMap<>();
        files.forEach(file ->
                byKind.computeIfAbsent(file.words(), kind -> new ArrayList<>()).add(file));
        byKind.forEach((kind, alike) -> {
            // If the files are merely unknown, the run did not fail.
            Consumer<String> line = alike.get(0).isBroken() ? console::warn : console::mind;
            line.accept(TextFormat.count(alike.size(), "file") + (alike.size() == 1 ? " is" : " are")
                    + " in the backup, but not safe:");
            names(alike.stream().map(ImplausibleFile::path).toList(), line);
            line.accept("    " + kind);
        });
        if (files.stream().anyMatch(ImplausibleFile::isBroken)) {
            console.warn("Do not delete the originals of these files until the backup has them complete.");
        }
    }

    /**
     * Prints what would not be safe after a run. Only the sizes of new files are known.
     *
     * @return whether there is anything
     */
    boolean planned(List<PlannedCopy> copies) {
        List<PlannedCopy> empty = copies.stream()
                .filter(copy -> copy.resource().file().size() == 0)
                .toList();
        tell(known);
        if (!empty.isEmpty()) {
            console.warn(TextFormat.count(empty.size(), "file") + " would be copied and not be safe:");
            names(empty.stream().map(copy -> copy.resource().file().path()).toList(), console::warn);
            console.warn("    " + Plausibility.EMPTY.words());
        }
        empty.forEach(copy -> accept(new ImplausibleFile(
                copy.resource().file().path(),
                copy.path(),
                TextFormat.hyphenated(Plausibility.EMPTY),
                Plausibility.EMPTY.words(),
                true)));
        return known.stream().anyMatch(ImplausibleFile::isBroken);
    }

    void names(List<String> paths) {
        names(paths, console::warn);
    }

    private static void names(List<String> paths, Consumer<String> line) {
        paths.stream().limit(NAMES_SHOWN).forEach(path -> line.accept("  " + path));
        if (paths.size() > NAMES_SHOWN) {
            line.accept("  and " + TextFormat.count(paths.size() - NAMES_SHOWN) + " more; --json lists all");
        }
    }
}
