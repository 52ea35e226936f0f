package dev.shoebox.destination.opening;

import dev.shoebox.destination.aside.LeftFiles;
import dev.shoebox.destination.disk.AppendOnlyLines;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.DiskCapabilities;
import dev.shoebox.destination.disk.Names;
import dev.shoebox.destination.ingest.Publisher;
import dev.shoebox.destination.naming.Contradictions;
import dev.shoebox.destination.naming.ListedPaths;
import dev.shoebox.destination.parts.LeftParts;
import dev.shoebox.destination.records.Catalogue;
import dev.shoebox.destination.records.Journal;
import dev.shoebox.destination.records.Journal.Entry;
import dev.shoebox.destination.records.Journal.Event;
import dev.shoebox.destination.records.Kept;
import dev.shoebox.destination.records.Manifest;
import dev.shoebox.history.RunEnding;
import dev.shoebox.text.Amounts;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Updates the catalogue from the manifest and the journal, and the manifest from what an interrupted run published. An
 * empty catalogue is built in the same way, from the first lines on.
 *
 * <p>Every step may be interrupted and repeated: a file is listed before it is catalogued, a file that is set aside
 * leaves its place, and the catalogue changes in one transaction at the end.
 */
public final class Recovery {
    private final Disk disk;
    private final Catalogue catalogue;
    private final LeftFiles left;
    private final boolean hadPower;
    private final Consumer<String> say;

    private final Restorations restored;

    /** Listed files that an interrupted run was storing once more, since the user had deleted them, by path. */
    private final Map<String, Entry> storedAgain = new LinkedHashMap<>();

    /** Listed files whose names have other bytes, or bytes that cannot be read. */
    private final List<String> damaged = new ArrayList<>();

    private final ListedPaths listed;
    private boolean listedTwice;
    private int adopted;

    /** @param hadPower whether this computer has certainly not been restarted since the previous run */
    Recovery(Disk disk, Catalogue catalogue, DiskCapabilities abilities, boolean hadPower, Consumer<String> say) {
        this.left = new LeftFiles(disk, abilities);
        this.restored = new Restorations(disk, left);
        this.listed = new ListedPaths(disk);
        this.disk = disk;
        this.catalogue = catalogue;
        this.hadPower = hadPower;
        this.say = say;
    }

    /** Writes an event that does not concern the content of a file to the journal and the catalogue. */
    public static void note(Event event, Publisher.Writing writing, Catalogue catalogue) throws IOException {
        writing.lock().requireHeld();
        AppendOnlyLines journal = writing.journal();
        // A failed batch may have left open intentions, which only the next opening can resolve.
        boolean settled = catalogue.end(Journal.FILE) == journal.length();
        journal.append(List.of(Journal.line(event)));
        force(journal, writing);
        catalogue.transaction(() -> {
            catalogue.add(event);
            if (settled) {
                catalogue.setPosition(Journal.LINES, journal.position());
            }
        });
    }

    /** Adds only listed files: for a disk that must not be written. */
    void look() throws IOException {
        catalogue.transaction(() -> {
            prepare();
            takeIn(0, 0);
        });
    }

    /** Adds listed files, and resolves every open intention. */
    void recover(Publisher.Writing writing, Instant now) throws IOException {
        if (!catalogue.isFresh()
                && !catalogue.isOld()
                && writing.journal().isAsWritten()
                && writing.manifest().isAsWritten()
                && catalogue.position(Journal.LINES).equals(writing.journal().position())
                && catalogue.position(Manifest.LINES).equals(writing.manifest().position())) {
            return;
        }
        boolean fresh = catalogue.isFresh();
        catalogue.transaction(() -> {
            prepare();
            List<Entry> open = takeIn(
                    writing.manifest().isAsWritten() ? catalogue.end(Manifest.FILE) : 0,
                    writing.journal().isAsWritten() ? catalogue.end(Journal.FILE) : 0);
            restored.secure();
            if (!fresh
                    && !writing.manifest().isAsWritten()
                    && !Contradictions.read(disk, catalogue).isEmpty()) {
                writing.manifest().distrust();
            }
            long listed = writing.manifest().length();
            forceFolders(open);
            Map<String, List<String>> partials =
                    left.partials(open.stream().map(Entry::size).collect(Collectors.toSet()), name -> true);
            for (Entry entry : open) {
                decide(entry, partials.getOrDefault(entry.sha256(), List.of()), writing);
            }
            if (writing.manifest().length() > listed) {
                force(writing.manifest(), writing);
            }
            if (!open.isEmpty() || !restored.isEmpty()) {
                settle(writing, now);
            }
            catalogue.setPosition(Journal.LINES, writing.journal().position());
            catalogue.setPosition(Manifest.LINES, writing.manifest().position());
        });
        if (adopted > 0) {
            say.accept("An interrupted run had stored, without listing it, " + Amounts.count(adopted, "file")
                    + ": listed now.");
        }
        left.tell(say);
    }

    private void settle(Publisher.Writing writing, Instant now) throws IOException {
        var lines = new ArrayList<String>();
        if (!damaged.isEmpty()) {
            var found = new Journal.Damaged(now, damaged);
            catalogue.add(found);
            lines.add(Journal.line(found));
        }
        lines.add(Journal.line(new Journal.Settled()));
        writing.journal().append(lines);
        force(writing.journal(), writing);
    }

    private void prepare() throws IOException {
        if (catalogue.isFresh()) {
            catalogue.create();
        } else if (catalogue.isOld()) {
            catalogue.migrate();
        }
    }

    /**
     * @param manifestFrom the offset of the first new line of the manifest, in bytes
     * @param journalFrom the offset of the first new line of the journal, in bytes
     * @return in order, the intentions without a line in the manifest, and those for which the line proves nothing: it is older,
     *     or may list in one piece what was stored in parts. Only these are catalogued already.
     */
    private List<Entry> takeIn(long manifestFrom, long journalFrom) throws IOException {
        long lastKnown = journalFrom > 0 ? catalogue.lastId() : 0;
        Manifest.read(disk, manifestFrom, (line, end) -> {
            if (manifestFrom > 0 || catalogue.at(line.path()).isEmpty()) {
                catalogue.list(line, left.size(line.path()));
            }
        });
        var open = new ArrayList<Entry>();
        AppendOnlyLines.read(disk, Journal.FILE, journalFrom, (text, end) -> {
            Event event = Journal.parse(text).orElse(null);
            if (event instanceof Entry entry) {
                Optional<Kept> line = line(entry);
                boolean isAgain = line.isPresent() && isStoredAgain(entry, line.get(), lastKnown);
                if (line.isPresent()) {
                    // Now, because later events may be about this file.
                    catalogue.add(entry);
                }
                if (line.isEmpty() || isToBeInParts(entry)) {
                    open.add(entry);
                } else if (isAgain) {
                    storedAgain.put(entry.path(), entry);
                }
            } else if (event instanceof Journal.Withdrawn withdrawn) {
                open.removeIf(entry -> withdrawn.paths().contains(entry.path()));
                withdrawn.paths().forEach(storedAgain::remove);
            } else if (event instanceof Journal.Settled) {
                open.clear();
                storedAgain.clear();
                restored.clear();
            } else if (event instanceof Journal.Forgotten forgotten) {
                catalogue.add(forgotten);
                // The file was restored or copied again after this was written.
                if (disk.hasFile(forgotten.path()) && listed.has(forgotten.path(), forgotten.sha256())) {
                    catalogue.list(new Manifest(forgotten.sha256(), forgotten.path()), left.size(forgotten.path()));
                }
            } else if (event instanceof Journal.Restoring restoring) {
                restored.add(restoring);
            } else if (event != null) {
                if (event instanceof Journal.RunEnded ended && isWhole(ended)) {
                    storedAgain.clear();
                    restored.clear();
                } else if (event instanceof Journal.Verified verified) {
                    restored.areVerified(verified.paths());
                }
                catalogue.add(event);
            }
        });
        open.addAll(storedAgain.values());
        return open;
    }

    /**
     * Returns whether no batch of the run failed, so that all it stored is durable. A user may have edited that since,
     * and then it is no damage.
     */
    private static boolean isWhole(Journal.RunEnded ended) {
        return ended.run().isGood() || ended.run().how().equals(Optional.of(RunEnding.INCOMPLETE));
    }

    /** Returns the listed file that has that path and content. */
    private Optional<Kept> line(Entry entry) throws IOException {
        return catalogue.at(entry.path()).filter(kept -> kept.sha256().equals(entry.sha256()));
    }

    /**
     * Returns whether the line is older than this intention, and therefore does not prove that the bytes are durable.
     *
     * @param lastKnown the last file that was catalogued before these intentions; 0 if the whole journal is read
     */
    private boolean isStoredAgain(Entry entry, Kept line, long lastKnown) throws IOException {
        return entry.fresh()
                && (line.id() <= lastKnown
                        || (line.role().isPresent()
                                && !catalogue.firstRun(line.path()).equals(entry.run())));
    }

    /** Returns whether a run was about to store a file in parts that is listed as one file, and was lost. */
    private boolean isToBeInParts(Entry entry) throws IOException {
        return entry.fresh()
                && left.mayBeInParts(entry.path(), entry.size())
                && !listed.has(entry.path(), entry.sha256(), true);
    }

    /** Returns whether {@code SHA256SUMS} lists a file in parts, and still as one file. */
    boolean hasListedTwice() {
        return listedTwice;
    }

    private void decide(Entry entry, List<String> partials, Publisher.Writing writing) throws IOException {
        boolean isAgain = entry.equals(storedAgain.get(entry.path()));
        if (isToBeInParts(entry) && line(entry).isPresent()) {
            // Catalogued before; adopting it adds that it is no longer missing.
            listedTwice |= decideParts(entry, writing);
        } else if (!isAgain && line(entry).isPresent()) {
            // Already adopted, or the original of a duplicate that was.
            catalogue.add(entry);
        } else if (isAgain || (entry.fresh() && catalogue.at(entry.path()).isEmpty())) {
            if (left.mayBeInParts(entry.path(), entry.size())) {
                decideParts(entry, writing);
                return;
            }
            Optional<String> content;
            try {
                content = disk.look(entry.path()).filter(Disk.Entry::isFile).isPresent()
                        ? Optional.of(left.sha256(entry.path()))
                        : Optional.empty();
            } catch (IOException e) {
                sayUnreadable(entry, e);
                return;
            }
            boolean whole = content.isPresent() && content.get().equals(entry.sha256());
            if (content.isPresent() && !whole && isForeign(entry, writing)) {
                // The file stays. A photo that is not listed will be stored beside it, a listed one may be repaired.
                if (isAgain) {
                    damaged.add(entry.path());
                }
                return;
            }
            if (content.isPresent() && !partials.isEmpty()) {
                left.setAsideTwins(entry.path(), partials);
            } else if (whole) {
                adopt(entry, writing);
            } else if (content.isPresent()) {
                left.setAside(entry.path());
            }
        }
    }

    /** One file that cannot be read must not close the whole backup; its photo comes again. */
    private void sayUnreadable(Entry entry, IOException e) throws IOException {
        boolean isListed = line(entry).isPresent();
        if (isListed) {
            damaged.add(entry.path());
        }
        say.accept("The file that an interrupted run left at " + entry.path() + " cannot be read ("
                + DestinationException.reason(e) + ") and " + (isListed ? "counts as damaged." : "stays unlisted."));
    }

    /** Returns whether the parts are whole. */
    private boolean decideParts(Entry entry, Publisher.Writing writing) throws IOException {
        LeftParts.Left found;
        try {
            found = left.inParts(entry.path(), entry.sha256(), entry.size(), name -> true);
        } catch (IOException e) {
            sayUnreadable(entry, e);
            return false;
        }
        left.setAside(found);
        if (found.isWhole()) {
            adopt(entry, writing);
        }
        return found.isWhole();
    }

    /**
     * Whether another program put a file with other content in a photo's place. A second name is given only to durable
     * bytes, so it never shows others. A moved file may be empty or have other bytes after a power cut, but then it has
     * its original size; if the system was not restarted since, not even that can happen.
     */
    private boolean isForeign(Entry entry, Publisher.Writing writing) throws IOException {
        long size = left.size(entry.path());
        return (writing.abilities().links() && writing.abilities().forces())
                || hadPower
                || (size != 0 && size != entry.size());
    }

    private void adopt(Entry entry, Publisher.Writing writing) throws IOException {
        if (!left.isKept(entry.path(), entry.modified())) {
            left.setAside(entry.path());
            return;
        }
        if (line(entry).isEmpty() || isToBeInParts(entry)) {
            writing.manifest().append(new Manifest(entry.sha256(), entry.path()).lines(disk));
            adopted++;
        }
        catalogue.add(entry);
    }

    /**
     * Forces folders: files that a failed run took back must not reappear once the intentions are settled and nobody
     * looks for them, and folders that it created, which the next batch uses, must not vanish.
     */
    private void forceFolders(List<Entry> open) throws IOException {
        var folders = new HashSet<String>();
        for (Entry entry : open) {
            for (String folder = Names.folder(entry.path()); folders.add(folder); ) {
                folder = Names.folder(folder);
            }
        }
        for (String folder : folders) {
            try {
                if (disk.look(folder)
                        .filter(entry -> entry.kind() == Disk.Entry.Kind.FOLDER)
                        .isEmpty()) {
                    continue;
                }
            } catch (IOException e) {
                // Not ours, and not the parent of ours; the entry is resolved separately.
                continue;
            }
            left.forceFolder(folder);
        }
    }

    private static void force(AppendOnlyLines lines, Publisher.Writing writing) throws IOException {
        if (writing.abilities().forces()) {
            lines.force();
        }
    }
}
