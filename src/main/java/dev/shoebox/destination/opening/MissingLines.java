package dev.shoebox.destination.opening;

import dev.shoebox.destination.disk.AppendOnlyLines;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.ingest.Publisher;
import dev.shoebox.destination.parts.PartLines;
import dev.shoebox.destination.records.Catalogue;
import dev.shoebox.destination.records.Journal;
import dev.shoebox.destination.records.Kept;
import dev.shoebox.destination.records.Manifest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Restores lines that were removed from the manifest or the journal although the catalogue still has their files. A
 * whole file is compared only if it is not as it was written; other additions stay.
 */
final class MissingLines {
    private static final int PAGE = 1000;

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
        long last = 0;
        for (List<Kept> page = catalogue.files(last, PAGE); !page.isEmpty(); page = catalogue.files(last, PAGE)) {
            var lines = new ArrayList<String>();
            for (Kept kept : page) {
                last = kept.id();
                if (kept.role().isPresent() && !listed.contains(kept.path()) && disk.hasFile(kept.path())) {
                    lines.addAll(new Manifest(kept.sha256(), kept.path()).lines(disk));
                }
            }
            writing.manifest().append(lines);
        }
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
            long last = 0;
            for (List<Kept> page = catalogue.files(last, PAGE); !page.isEmpty(); page = catalogue.files(last, PAGE)) {
                for (Kept kept : page) {
                    last = kept.id();
                    new Manifest(kept.sha256(), kept.path()).lines(disk).forEach(compare);
                }
            }
        }
        return begun[0] && !whole[0];
    }
}
