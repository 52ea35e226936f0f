package dev.shoebox.destination.opening;

import dev.shoebox.destination.disk.AppendOnlyLines;
import dev.shoebox.destination.disk.ContentHash;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.Names;
import dev.shoebox.destination.ingest.BatchCommitter;
import dev.shoebox.destination.ingest.Publisher;
import dev.shoebox.destination.naming.Contradictions;
import dev.shoebox.destination.naming.ListedPaths;
import dev.shoebox.destination.records.Catalogue;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.destination.records.Journal;
import dev.shoebox.destination.records.Journal.Entry;
import dev.shoebox.destination.records.Journal.Event;
import dev.shoebox.destination.records.Manifest;
import dev.shoebox.text.Amounts;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Updates the catalogue from the manifest and the journal, and the manifest from what an interrupted run published. An
 * empty catalogue is built in the same way, from the first lines on.
 *
 * <p>Every step may be interrupted and repeated: a file is listed before it is catalogued, a file that is set aside
 * leaves its place, and the catalogue changes in one transaction at the end.
 */
public final class Recovery {
    private static final Pattern PARTIAL = Pattern.compile("[0-9A-Za-z]+-[0-9]+\\.part");

    private final Disk disk;
    private final Catalogue catalogue;
    private final boolean hadPower;
    private final Consumer<String> say;

    /** The files that an interrupted repair was about to restore. */
    private final List<Journal.Restoring> restored = new ArrayList<>();

    private int adopted;
    private int setAside;
    private int twice;

    /** @param hadPower whether this computer has certainly not been restarted since the previous run */
    Recovery(Disk disk, Catalogue catalogue, boolean hadPower, Consumer<String> say) {
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
    void recover(Publisher.Writing writing) throws IOException {
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
            if (!fresh) {
                secureRestored(writing);
                if (!writing.manifest().isAsWritten()
                        && !Contradictions.read(disk, catalogue).isEmpty()) {
                    writing.manifest().distrust();
                }
            }
            long listed = writing.manifest().length();
            forceFolders(open, writing);
            Map<String, List<String>> partials =
                    partials(open.stream().map(Entry::size).collect(Collectors.toSet()), name -> true, writing);
            for (Entry entry : open) {
                decide(entry, partials.getOrDefault(entry.sha256(), List.of()), writing);
            }
            if (writing.manifest().length() > listed) {
                force(writing.manifest(), writing);
            }
            if (!open.isEmpty()) {
                writing.journal().append(List.of(Journal.line(new Journal.Settled())));
                force(writing.journal(), writing);
            }
            catalogue.setPosition(Journal.LINES, writing.journal().position());
            catalogue.setPosition(Manifest.LINES, writing.manifest().position());
        });
        if (adopted > 0) {
            say.accept("An interrupted run had stored, without listing it, " + Amounts.count(adopted, "file")
                    + ": listed now.");
        }
        if (setAside > 0) {
            say.accept("An interrupted run left " + Amounts.count(setAside, "damaged file") + ": moved to "
                    + Identity.SET_ASIDE + ", and to be read from the source again.");
        }
        if (twice > 0) {
            say.accept("After a power cut, some files on this disk share the same blocks; they were moved to "
                    + Identity.SET_ASIDE
                    + ". Check the disk (fsck, chkdsk) before you delete them.");
        }
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
     * @return intentions without a line in the manifest, in order
     */
    private List<Entry> takeIn(long manifestFrom, long journalFrom) throws IOException {
        Manifest.read(disk, manifestFrom, (line, end) -> {
            if (manifestFrom > 0 || catalogue.at(line.path()).isEmpty()) {
                catalogue.list(line, size(line.path()));
            }
        });
        var open = new ArrayList<Entry>();
        var listed = new ListedPaths(disk);
        AppendOnlyLines.read(disk, Journal.FILE, journalFrom, (text, end) -> {
            Event event = Journal.parse(text).orElse(null);
            if (event instanceof Entry entry && !isListed(entry)) {
                open.add(entry);
            } else if (event instanceof Journal.Withdrawn withdrawn) {
                open.removeIf(entry -> withdrawn.paths().contains(entry.path()));
            } else if (event instanceof Journal.Settled) {
                open.clear();
                restored.clear();
            } else if (event instanceof Journal.Forgotten forgotten) {
                catalogue.add(forgotten);
                // The file was restored or copied again after this was written.
                if (disk.hasFile(forgotten.path()) && listed.has(forgotten.path(), forgotten.sha256())) {
                    catalogue.list(new Manifest(forgotten.sha256(), forgotten.path()), size(forgotten.path()));
                }
            } else if (event instanceof Entry entry) {
                catalogue.add(entry);
            } else if (event instanceof Journal.Restoring restoring) {
                restored.add(restoring);
            } else if (event != null) {
                catalogue.add(event);
            }
        });
        return open;
    }

    /**
     * Forces the files that an interrupted repair named. They look right until the system stops, but may never have
     * been forced, or may share their bytes with their partial files.
     */
    private void secureRestored(Publisher.Writing writing) throws IOException {
        Set<Long> sizes = restored.stream().map(Journal.Restoring::size).collect(Collectors.toSet());
        Map<String, List<String>> partials = partials(sizes, SetAside::isOfRepair, writing);
        for (Journal.Restoring file : restored) {
            if (!disk.hasFile(file.path())) {
                continue;
            }
            List<String> twins = partials.getOrDefault(file.sha256(), List.of());
            if (!twins.isEmpty()) {
                setAsideTwins(file.path(), twins, writing);
            } else if (!isKept(file.path(), file.modified(), writing)) {
                setAside(file.path(), writing);
                setAside++;
            }
            forceFolder(Names.folder(file.path()), writing);
        }
    }

    /** Returns the size; -1 if this is not a file or cannot be read, which verification reports. */
    private long size(String path) {
        try {
            return disk.look(path)
                    .filter(Disk.Entry::isFile)
                    .map(Disk.Entry::size)
                    .orElse(-1L);
        } catch (IOException e) {
            return -1;
        }
    }

    private boolean isListed(Entry entry) throws IOException {
        return catalogue
                .at(entry.path())
                .filter(kept -> kept.sha256().equals(entry.sha256()))
                .isPresent();
    }

    /**
     * Finds partial files that a power cut brought back beside the photos they had become. If a name owns its bytes,
     * both have the same ones, and deleting either frees those of the other.
     *
     * @param sizes their possible sizes
     * @param which by name
     * @return their paths, by content
     */
    private Map<String, List<String>> partials(Set<Long> sizes, Predicate<String> which, Publisher.Writing writing)
            throws IOException {
        var partials = new HashMap<String, List<String>>();
        if (sizes.isEmpty() || writing.abilities().links()) {
            return partials;
        }
        for (String name : disk.names(Identity.STAGING)) {
            String path = Identity.STAGING + "/" + name;
            if (PARTIAL.matcher(name).matches() && which.test(name) && sizes.contains(size(path))) {
                partials.computeIfAbsent(ContentHash.shown(disk, path), content -> new ArrayList<>())
                        .add(path);
            }
        }
        return partials;
    }

    private void decide(Entry entry, List<String> partials, Publisher.Writing writing) throws IOException {
        if (isListed(entry)) {
            // Already adopted, or the original of a duplicate that was.
            catalogue.add(entry);
        } else if (entry.fresh() && catalogue.at(entry.path()).isEmpty()) {
            Optional<String> content;
            try {
                content = disk.look(entry.path()).filter(Disk.Entry::isFile).isPresent()
                        ? Optional.of(sha256OnDisk(entry.path(), writing))
                        : Optional.empty();
            } catch (IOException e) {
                // One unreadable file must not prevent the opening of the backup; its photo will be copied again.
                say.accept("The file that an interrupted run left at " + entry.path() + " cannot be read ("
                        + DestinationException.reason(e) + ") and stays unlisted.");
                return;
            }
            boolean whole = content.isPresent() && content.get().equals(entry.sha256());
            if (content.isPresent() && !whole && isForeign(entry, writing)) {
                // The file stays, and the photo will be stored beside it.
                return;
            }
            if (content.isPresent() && !partials.isEmpty()) {
                setAsideTwins(entry.path(), partials, writing);
            } else if (whole) {
                adopt(entry, writing);
            } else if (content.isPresent()) {
                setAside(entry.path(), writing);
                setAside++;
            }
        }
    }

    /**
     * Whether another program put a file with other content in a photo's place. A second name is given only to durable
     * bytes, so it never shows others. A moved file may be empty or have other bytes after a power cut, but then it has
     * its original size; if the system was not restarted since, not even that can happen.
     */
    private boolean isForeign(Entry entry, Publisher.Writing writing) throws IOException {
        long size = size(entry.path());
        return (writing.abilities().links() && writing.abilities().forces())
                || hadPower
                || (size != 0 && size != entry.size());
    }

    private void adopt(Entry entry, Publisher.Writing writing) throws IOException {
        if (!isKept(entry.path(), BatchCommitter.modified(entry.captured(), entry.file()), writing)) {
            setAside(entry.path(), writing);
            setAside++;
            return;
        }
        writing.manifest().append(new Manifest(entry.sha256(), entry.path()).lines(disk));
        catalogue.add(entry);
        adopted++;
    }

    /** Makes a file durable. A failed force is never repeated: the system would still show bytes that it dropped. */
    private boolean isKept(String path, Instant modified, Publisher.Writing writing) {
        try {
            // Has name and size written again, in case an earlier force dropped them.
            disk.stamp(path, modified);
        } catch (IOException e) {
            // Some disks cannot store this date.
        }
        try {
            if (writing.abilities().forces()) {
                disk.force(path);
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Forces folders: files that a failed run took back must not reappear once the intentions are settled and nobody
     * looks for them, and folders that it created, which the next batch uses, must not vanish.
     */
    private void forceFolders(List<Entry> open, Publisher.Writing writing) throws IOException {
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
            forceFolder(folder, writing);
        }
    }

    private void setAsideTwins(String path, List<String> partials, Publisher.Writing writing) throws IOException {
        setAside(path, writing);
        for (String partial : partials) {
            if (disk.look(partial).isPresent()) {
                setAside(partial, writing);
            }
        }
        twice++;
    }

    /**
     * Sets a file aside because its bytes are wrong or not its own. Its name is needed for the photo, which will be
     * copied again.
     */
    private void setAside(String path, Publisher.Writing writing) throws IOException {
        if (disk.look(Identity.SET_ASIDE).isEmpty()) {
            disk.makeFolder(Identity.SET_ASIDE);
        }
        disk.move(path, SetAside.freeName(disk, Names.last(path)));
        forceFolder(Identity.SET_ASIDE, writing);
        forceFolder(Names.folder(path), writing);
    }

    private void forceFolder(String folder, Publisher.Writing writing) throws IOException {
        if (writing.abilities().forcesFolders()) {
            disk.forceFolder(folder);
        }
    }

    private static void force(AppendOnlyLines lines, Publisher.Writing writing) throws IOException {
        if (writing.abilities().forces()) {
            lines.force();
        }
    }

    /**
     * Hashes a file from the disk itself, past the cache: after a failed force, the cache shows bytes that will never
     * be written.
     */
    private String sha256OnDisk(String path, Publisher.Writing writing) throws IOException {
        Optional<String> onDisk =
                writing.abilities().readsPastCache() ? ContentHash.onDisk(disk, path) : Optional.empty();
        return onDisk.isPresent() ? onDisk.get() : ContentHash.shown(disk, path);
    }
}
