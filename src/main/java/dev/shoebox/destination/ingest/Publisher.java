package dev.shoebox.destination.ingest;

import dev.shoebox.destination.disk.AppendOnlyLines;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.DiskCapabilities;
import dev.shoebox.destination.disk.Names;
import dev.shoebox.destination.disk.Volume;
import dev.shoebox.destination.lock.RunLock;
import dev.shoebox.destination.records.Catalogue;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.destination.records.Journal;
import dev.shoebox.destination.records.Journal.Entry;
import dev.shoebox.destination.records.Manifest;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Makes a batch of staged files into photos that survive a power cut. The order is all there is to it; what a crash
 * leaves behind after each step, and what {@code Recovery} makes of it:
 *
 * <pre>
 *  step                                           a crash after it leaves                recovery
 *  1 journal: the intentions, written             partial files, perhaps torn lines      cut the line, sweep the partials
 *  2 force every partial file and the journal     whole partial files, intentions        sweep the partials: read again
 *  3 make folders, publish without replacing;     photos under their names, which may    adopt what has the intended
 *    without links force the staging folder       be gone, empty or torn (FAT), or       content, set the rest aside,
 *                                                 there beside their partials            and what is there twice
 *  4 force every photo, on a handle that writes;  whole photos, names may be gone        the same
 *    not where a name cannot take bytes along
 *  5 force every folder touched                   durable photos nobody lists            adopt all of them
 *  6 read back past the cache; what is not right  the same; a file that was taken back   the same; what is not right
 *    is moved back to the staging folder          may have its name again                is set aside
 *  7 SHA256SUMS: append and force                 durable, listed photos                 catalogue them from the journal
 *  8 catalogue: one transaction for some batches  nothing to do
 * </pre>
 *
 * <p>Step 4 is not a repetition of step 2: on FAT a rename resets what is durable of a file, and without a second force
 * every photo is empty after a power cut. Where a second name is given to bytes that were forced, and the file system is known to
 * keep them, there is nothing left for it to do ({@link Disk#keepsForcedBytes}). Step 2 precedes step 3 because other file systems make the name durable
 * before the content. Where a file has one name only, the old one must be gone for good before the photo counts: on FAT
 * and exFAT a name owns its bytes, and sweeping up a partial file that came back would give away those of the photo.
 *
 * <p>A failed force is never tried again: the system may have dropped the bytes and would then report success. Up to
 * step 6 the photos are removed again, and the next run reads them from their source; the journal keeps the intentions,
 * so that a removal which a power cut undoes is noticed. From step 7 on they stay: they are durable, and the next
 * opening lists them.
 */
public final class Publisher implements Closeable {
    private final Disk disk;
    private final Writing writing;
    private final Catalogue catalogue;
    private final ReadBack readBack;
    private final DirectorySync forcing;

    /**
     * Files that failed read-back keep their space on the disk until the end, so that the next attempt gets other
     * blocks.
     */
    private final List<Staged> unproven = new ArrayList<>();

    /** The identities of files of this batch, to detect files that took their names. */
    private final Map<String, Object> keys = new HashMap<>();

    private final List<Journal.Event> uncatalogued = new ArrayList<>();

    /** The end of the last listed batch in the journal and in the manifest. */
    private AppendOnlyLines.Position journalEnd;

    private AppendOnlyLines.Position manifestEnd;

    /** Whether the single name of a file may own its bytes, as on FAT. */
    private final boolean ownsBytes;

    /** Whether a file must be forced again under its final name. */
    private final boolean forcesAgain;

    public Publisher(Disk disk, Writing writing, Catalogue catalogue, ReadBack readBack) throws DestinationException {
        this.disk = disk;
        this.writing = writing;
        this.catalogue = catalogue;
        this.readBack = readBack;
        this.ownsBytes = !writing.abilities().links() && writing.abilities().forcesFolders();
        this.forcesAgain = writing.abilities().forces() && !keepsForcedBytes(disk, writing.abilities());
        this.journalEnd = catalogue.position(Journal.LINES);
        this.manifestEnd = catalogue.position(Manifest.LINES);
        this.forcing = new DirectorySync();
    }

    private static boolean keepsForcedBytes(Disk disk, DiskCapabilities abilities) throws DestinationException {
        try {
            return abilities.links() && abilities.forcesFolders() && disk.keepsForcedBytes();
        } catch (IOException e) {
            throw DestinationException.of(e, disk);
        }
    }

    /** The open records of a destination. */
    public record Writing(
            DiskCapabilities abilities,
            Volume volume,
            AppendOnlyLines manifest,
            AppendOnlyLines journal,
            RunLock lock) {}

    /**
     * @param staged its bytes, if they must be stored
     * @param listed whether the manifest has that path with that content already, as one file or in parts as it is stored now
     */
    public record Item(Entry entry, Optional<Staged> staged, Instant modified, boolean listed) {
        private void seal() throws IOException {
            staged.orElseThrow().seal(modified, Names.last(entry.path()));
        }
    }

    /**
     * Publishes a batch. On return every item that the disk returned as written is durable and listed, and
     * {@link #catalogue} must still be called; if this throws, none is, or all that are can be recovered.
     *
     * @param news further events to record before the batch
     * @return the paths at which nothing could be stored
     */
    public Set<String> publish(List<Item> batch, List<Journal.Event> news) throws DestinationException {
        requireSettled();
        List<Item> fresh =
                batch.stream().filter(item -> item.staged().isPresent()).toList();
        Set<String> wrong;
        try {
            requireIdentity();
            wrong = store(batch, fresh, news);
            // From here on the photos are safe whatever happens: the next opening lists and catalogues them.
            list(fresh, wrong);
        } catch (IOException e) {
            throw DestinationException.of(e, disk);
        }
        journalEnd = writing.journal().position();
        manifestEnd = writing.manifest().position();
        uncatalogued.addAll(news);
        batch.stream()
                .map(Item::entry)
                .filter(entry -> !wrong.contains(entry.path()))
                .forEach(uncatalogued::add);
        return wrong;
    }

    /** Catalogues every batch published since the last call, in one transaction. */
    public void catalogue() throws DestinationException {
        if (uncatalogued.isEmpty()) {
            return;
        }
        try {
            catalogue.transaction(() -> {
                for (Journal.Event event : uncatalogued) {
                    catalogue.add(event);
                }
                catalogue.setPosition(Journal.LINES, journalEnd);
                catalogue.setPosition(Manifest.LINES, manifestEnd);
            });
            uncatalogued.clear();
        } catch (IOException e) {
            throw DestinationException.of(e, disk);
        }
    }

    /**
     * Runs steps 1 to 6.
     *
     * @return the paths of files that the disk did not return as written
     */
    private Set<String> store(List<Item> batch, List<Item> fresh, List<Journal.Event> news) throws IOException {
        var published = new ArrayList<String>();
        try {
            writing.journal()
                    .append(Stream.concat(news.stream(), batch.stream().map(Item::entry))
                            .map(Journal::line)
                            .toList());
            forcePartials(fresh);
            return give(fresh, published);
        } catch (IOException e) {
            takeBack(published);
            throw e;
        }
    }

    private void forceFolders(Collection<String> folders) throws IOException {
        if (writing.abilities().forcesFolders()) {
            forcing.each(folders.stream()
                    .<DirectorySync.Task>map(path -> () -> disk.forceFolder(path))
                    .toList());
        }
    }

    private void list(List<Item> fresh, Set<String> wrong) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Item item : fresh) {
            if (!item.listed() && !wrong.contains(item.entry().path())) {
                var line = new Manifest(item.entry().sha256(), item.entry().path());
                lines.addAll(item.staged().orElseThrow().isInParts() ? line.lines(disk) : List.of(line.line()));
            }
        }
        if (!lines.isEmpty()) {
            if (!writing.manifest().isLeftAlone()) {
                throw new DestinationException.Lost(
                        "Another program changed " + Manifest.FILE + " during this run; run the command again.");
            }
            writing.manifest().append(lines);
            force(writing.manifest());
        }
    }

    /** Rejects a batch after a failed one, whose open intentions it must not hide. */
    private void requireSettled() throws DestinationException {
        if (journalEnd.end() != writing.journal().length()
                || manifestEnd.end() != writing.manifest().length()) {
            throw new DestinationException.Lost("The destination failed earlier; run the command again.");
        }
    }

    /** Checks the id: a removed drive leaves its mount point as an empty folder, which must not be filled. */
    private void requireIdentity() throws IOException {
        writing.lock().requireHeld();
        if (disk.look(Identity.FILE).isEmpty()) {
            throw new DestinationException.Lost(
                    "The destination is gone; plug the drive in again, then run the command again.");
        }
    }

    private void forcePartials(List<Item> fresh) throws IOException {
        var tasks = new ArrayList<DirectorySync.Task>();
        tasks.add(() -> force(writing.journal()));
        if (ownsBytes) {
            // Files discarded recently must be gone for good, too, before their replacements get names.
            tasks.add(() -> disk.forceFolder(Identity.STAGING));
        }
        for (Item item : fresh) {
            tasks.add(item::seal);
        }
        forcing.each(tasks);
    }

    private void force(AppendOnlyLines lines) throws IOException {
        if (writing.abilities().forces()) {
            lines.force();
        }
    }

    /** Runs steps 3 to 6. */
    private Set<String> give(List<Item> fresh, List<String> published) throws IOException {
        if (fresh.stream().anyMatch(item -> item.staged().orElseThrow().isInParts())) {
            // Before any part has its name: earlier versions would take the file for lost.
            Identity.allowParts(disk, writing.abilities());
        }
        Set<String> folders = name(fresh, published);
        if (ownsBytes) {
            forceFolders(List.of(Identity.STAGING));
        }
        if (forcesAgain) {
            forcing.each(published.stream()
                    .<DirectorySync.Task>map(path -> () -> disk.force(path))
                    .toList());
        }
        forceFolders(folders);
        return takeBackWhatIsWrong(fresh, published);
    }

    /**
     * Publishes one file under a name that is already listed with its content, as in steps 2 to 6.
     *
     * @return whether the disk returned it as written; otherwise nothing is stored
     */
    public boolean restore(Item item) throws DestinationException {
        var published = new ArrayList<String>();
        try {
            requireIdentity();
            item.seal();
            return give(List.of(item), published).isEmpty();
        } catch (IOException e) {
            takeBack(published);
            throw DestinationException.of(e, disk);
        }
    }

    /** Reads back published files. Wrong ones lose their names: they were never listed. */
    private Set<String> takeBackWhatIsWrong(List<Item> fresh, List<String> published) throws IOException {
        Set<String> wrong = readBack.wrong(fresh.stream()
                .map(item ->
                        new ReadBack.Expected(item.entry().path(), item.entry().sha256()))
                .toList());
        for (Item item : fresh) {
            String path = item.entry().path();
            if (wrong.contains(path)) {
                Staged staged = item.staged().orElseThrow();
                published.remove(path);
                if (!isOurs(path)) {
                    continue;
                }
                disk.move(path, staged.path());
                unproven.add(staged);
                forceFolders(List.of(Names.folder(path), Identity.STAGING));
            }
        }
        return wrong;
    }

    /**
     * Gives every file its name.
     *
     * @return the folders whose entries changed
     */
    private Set<String> name(List<Item> fresh, List<String> published) throws IOException {
        keys.clear();
        var folders = new LinkedHashSet<String>();
        for (Item item : fresh) {
            String path = item.entry().path();
            makeFolders(Names.folder(path), folders);
            String partial = item.staged().orElseThrow().path();
            try {
                if (writing.abilities().links()) {
                    disk.link(partial, path);
                    published(path, published);
                    disk.delete(partial);
                } else if (disk.look(path).isPresent()) {
                    throw new FileAlreadyExistsException(path);
                } else {
                    disk.move(partial, path);
                    published(path, published);
                }
            } catch (FileAlreadyExistsException e) {
                // Else the next opening would take it for what is left of the photo.
                writing.journal().append(List.of(Journal.line(new Journal.Withdrawn(List.of(path)))));
                force(writing.journal());
                throw new DestinationException.Lost(
                        "Another program put " + path + " where a photo was about to be stored; run the command again.",
                        e);
            }
        }
        return folders;
    }

    private void published(String path, List<String> published) throws IOException {
        published.add(path);
        keys.remove(path);
        disk.key(path).ifPresent(key -> keys.put(path, key));
    }

    /** Whether the file is still ours. Another program may have replaced it; then it is neither moved nor deleted. */
    private boolean isOurs(String path) throws IOException {
        return !keys.containsKey(path) || disk.key(path).equals(Optional.of(keys.get(path)));
    }

    private void makeFolders(String folder, Set<String> touched) throws IOException {
        if (touched.contains(folder)) {
            return;
        }
        Optional<Disk.Entry> entry = disk.look(folder);
        if (entry.isEmpty()) {
            makeFolders(Names.folder(folder), touched);
            disk.makeFolder(folder);
        } else if (entry.get().kind() != Disk.Entry.Kind.FOLDER) {
            throw new DestinationException.Lost(folder
                    + " is in the way: it is not a folder of the destination. Move it, then run the command again.");
        }
        touched.add(folder);
    }

    /**
     * Removes photos that may exist only in the cache, where the next opening would find them complete. Their
     * intentions stay in the journal, and the next opening resolves those whose removal does not become durable.
     */
    private void takeBack(List<String> published) {
        for (String path : published) {
            try {
                if (isOurs(path)) {
                    disk.delete(path);
                }
            } catch (IOException e) {
                // The disk is full or gone; recovery handles that.
            }
        }
    }

    @Override
    public void close() {
        unproven.forEach(Staged::discard);
        readBack.close();
        forcing.close();
    }
}
