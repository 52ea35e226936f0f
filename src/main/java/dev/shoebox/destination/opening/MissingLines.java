package dev.shoebox.destination.opening;

import dev.shoebox.destination.disk.AppendOnlyLines;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.ingest.Publisher;
import dev.shoebox.destination.parts.PartLines;
import dev.shoebox.destination.records.Catalogue;
import dev.shoebox.destination.records.FileCursor;
import dev.shoebox.destination.records.Journal;
import dev.shoebox.destination.records.Kept;
import dev.shoebox.destination.records.Manifest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Restores lines that were removed from the manifest or the journal although the catalogue still has their files. A
 * whole file is compared only if it is not as it was written; other additions stay.
 */
final class MissingLines {
    /** How many lines are collected before they are written. */
    private static final int MANY = 1000;

    private final Disk disk;
    private final Catalogue catalogue;
    private final Publisher.Writing writing;
    private final Consumer<String> say;

    MissingLines(Disk disk, Catalogue catalogue, Publisher.Writing writing, Consumer<String> say) {
        this.disk = disk;
        this.catalogue = catalogue;
        this.writing = writing;
        this.say = say;
    }

    void add() throws IOException {
        if (!writing.manifest().isAsWritten()) {
            addToManifest();
        }
        if (!writing.journal().isAsWritten()) {
            addToJournal();
        }
    }

    /**
     * Adds missing lines to the manifest. Files that are gone are not listed again: the user may have moved them and
     * their lines.
     */
    private void addToManifest() throws IOException {
        Set<String> listed = new HashSet<>();
        Manifest.read(disk, 0, (line, end) -> listed.add(line.path()));
        long before = writing.manifest().length();
        var lines = new ArrayList<String>();
        for (FileCursor rows = catalogue.files(); rows.next(); ) {
            Kept kept = rows.file();
            if (kept.role().isPresent() && !listed.contains(kept.path()) && disk.hasFile(kept.path())) {
                lines.addAll(new Manifest(kept.sha256(), kept.path()).lines(disk));
            }
            if (lines.size() >= MANY) {
                writing.manifest().append(lines);
                lines.clear();
            }
        }
        writing.manifest().append(lines);
        if (writing.manifest().length() > before) {
            force(writing.manifest());
            say.accept(Manifest.FILE + " lacked lines; they were restored from the catalogue.");
        }
    }

    private void addToJournal() throws IOException {
        Set<Object> told = new HashSet<>();
        AppendOnlyLines.read(disk, Journal.FILE, 0, (line, end) -> Journal.parse(line)
                .ifPresent(event -> told.addAll(RecordConsistency.essence(event))));
        var lines = new ArrayList<String>();
        for (Journal.Event event : catalogue.events()) {
            if (!told.containsAll(RecordConsistency.essence(event)) || event instanceof Journal.Damaged) {
                lines.add(Journal.line(event));
            }
        }
        if (!lines.isEmpty()) {
            writing.journal().append(lines);
            force(writing.journal());
            say.accept("The journal lacked lines; they were restored from the catalogue.");
        }
    }

    private void force(AppendOnlyLines lines) throws IOException {
        if (writing.abilities().forces()) {
            lines.force();
        }
    }

    /**
     * Whether the text is the beginning of a line that a run was about to write or had written, including lines of
     * adopted files.
     */
    static boolean isBegun(Disk disk, Catalogue catalogue, long news, String text) throws IOException {
        boolean[] whole = {false};
        boolean[] begun = {!catalogue.isFresh() && catalogue.isBeginningOfLine(text)};
        Consumer<String> compare = line -> {
            whole[0] |= line.equals(text);
            begun[0] |= line.startsWith(text);
        };
        AppendOnlyLines.read(disk, Journal.FILE, news, (told, end) -> {
            if (Journal.parse(told).orElse(null) instanceof Journal.Entry entry) {
                new Manifest(entry.sha256(), entry.path()).lines(disk).forEach(compare);
            }
        });
        // The catalogue compares the lines of whole files; those of parts have to be looked up.
        if (!begun[0] && !catalogue.isFresh() && disk.joinsParts() && PartLines.mayBegin(text)) {
            for (FileCursor rows = catalogue.files(); rows.next(); ) {
                Kept kept = rows.file();
                new Manifest(kept.sha256(), kept.path()).lines(disk).forEach(compare);
            }
        }
        return begun[0] && !whole[0];
    }
}
