package dev.shoebox.destination.parts;

import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.Names;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A disk on which files that are too large for it are stored in parts. Each is one file here, with the sum of their
 * sizes; neither the parts nor the {@linkplain PartsNote note} that joins them are in the listing of a folder. Their
 * own paths remain valid.
 *
 * <p>The note is the last to get its name and the first to lose it. A crash in between leaves parts that are not a
 * file, and loses nothing. On a disk without hard links, moving a file may be interrupted with some of its parts under
 * either name.
 *
 * <p>In {@linkplain GrowingFiles one folder}, files are written that may grow beyond the limit of the disk.
 */
public final class PartedDisk implements Disk {
    private final Disk disk;
    private final GrowingFiles growing;

    /** Creates a disk on which files in parts can be read, but not written. */
    public PartedDisk(Disk disk) {
        this.disk = disk;
        this.growing = GrowingFiles.NONE;
    }

    /**
     * Creates a disk on which files in parts can be written.
     *
     * @param folder the folder of files being written
     * @param partSize the size of each part but the last, in bytes
     */
    public PartedDisk(Disk disk, String folder, long partSize) {
        this.disk = disk;
        this.growing = new GrowingFiles(disk, folder, partSize);
    }

    @Override
    public Disk bare() {
        return disk;
    }

    @Override
    public Optional<Parts> parts(String path) throws IOException {
        boolean mayBe = growing.mayBe(path)
                ? !growing.parts(path).isEmpty()
                : disk.look(path).isEmpty();
        return mayBe ? PartsNote.read(disk, path) : Optional.empty();
    }

    @Override
    public void note(String path, String name, Parts parts) throws IOException {
        String note = PartsNote.path(path);
        if (disk.look(note).isPresent()) {
            // It belongs to a run that was cut off before the file got its name.
            disk.delete(note);
        }
        try (Out out = disk.create(note)) {
            out.write(ByteBuffer.wrap(PartsNote.text(name, parts).getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Override
    public List<String> takenBy(String path, long size) {
        return growing.takenBy(path, size);
    }

    /** Returns the parts and then their note, if it is there; empty for a file in one piece. */
    private List<String> paths(String path) throws IOException {
        List<String> paths = new ArrayList<>(partPaths(path));
        String note = PartsNote.path(path);
        if (!paths.isEmpty() && (!growing.mayBe(path) || disk.look(note).isPresent())) {
            paths.add(note);
        }
        return paths;
    }

    /** Returns the files of which a file consists: itself, or its parts and their note. */
    private List<String> each(String path) throws IOException {
        List<String> paths = paths(path);
        return paths.isEmpty() ? List.of(path) : paths;
    }

    private List<String> partPaths(String path) throws IOException {
        return growing.mayBe(path)
                ? growing.parts(path)
                : parts(path).map(parts -> parts.paths(path)).orElse(List.of());
    }

    @Override
    public Optional<Entry> look(String path) throws IOException {
        Optional<Entry> there = disk.look(path);
        if (there.isPresent() && !growing.mayBe(path)) {
            return there;
        }
        long size = 0;
        boolean isThere = false;
        for (String part : growing.mayBe(path) ? growing.parts(path) : PartsNote.paths(disk, path)) {
            Optional<Entry> entry = disk.look(part).filter(Entry::isFile);
            isThere |= entry.isPresent();
            size += entry.map(Entry::size).orElse(0L);
        }
        return isThere ? Optional.of(new Entry(Entry.Kind.FILE, size)) : there;
    }

    @Override
    public List<String> names(String folder) throws IOException {
        List<String> names = disk.names(folder);
        Set<String> joined = new HashSet<>(names);
        if (growing.mayBe(folder + "/")) {
            for (String name : names) {
                // All but the first, which has the name of the file.
                paths(folder + "/" + name).stream().skip(1).forEach(path -> joined.remove(Names.last(path)));
            }
            return List.copyOf(joined);
        }
        for (String name : names) {
            Optional<String> file = PartsNote.file(name).filter(each -> !joined.contains(each));
            if (file.isEmpty()) {
                continue;
            }
            List<String> parts = partPaths(folder.isEmpty() ? file.get() : folder + "/" + file.get());
            boolean isThere = false;
            for (int number = 1; number <= parts.size(); number++) {
                isThere |= joined.remove(Parts.path(file.get(), number));
            }
            if (isThere) {
                joined.remove(name);
                joined.add(file.get());
            }
        }
        return List.copyOf(joined);
    }

    @Override
    public SeekableByteChannel read(String path) throws IOException {
        List<String> parts = partPaths(path);
        return parts.isEmpty() ? disk.read(path) : new JoinedChannel(disk, parts);
    }

    @Override
    public boolean readPastCache(String path, Consumer<ByteBuffer> taker) throws IOException {
        List<String> parts = partPaths(path);
        if (parts.isEmpty()) {
            return disk.readPastCache(path, taker);
        }
        for (String part : parts) {
            if (!disk.hasFile(part)) {
                throw new NoSuchFileException(part);
            }
        }
        for (int i = 0; i < parts.size(); i++) {
            if (!disk.readPastCache(parts.get(i), taker)) {
                if (i == 0) {
                    return false;
                }
                throw new IOException(parts.get(i) + " cannot be read past the cache");
            }
        }
        return true;
    }

    @Override
    public Optional<String> denied(String path) throws IOException {
        for (String part : each(path)) {
            Optional<String> denied = disk.denied(part);
            if (denied.isPresent()) {
                return denied;
            }
        }
        return Optional.empty();
    }

    @Override
    public boolean hasOtherNames(String path) throws IOException {
        for (String part : each(path)) {
            if (disk.hasOtherNames(part)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Optional<Object> key(String path) throws IOException {
        List<String> paths = paths(path);
        if (paths.isEmpty() || growing.mayBe(path)) {
            return disk.key(path);
        }
        List<Object> keys = new ArrayList<>();
        for (String part : paths) {
            disk.key(part).ifPresent(keys::add);
        }
        return keys.size() == paths.size() ? Optional.of(keys) : Optional.empty();
    }

    @Override
    public Out create(String path) throws IOException {
        if (growing.mayBe(path)) {
            return growing.create(path);
        }
        requireFree(path);
        return disk.create(path);
    }

    @Override
    public Out append(String path) throws IOException {
        if (growing.mayBe(path)) {
            return growing.append(path);
        }
        requireFree(path);
        return disk.append(path);
    }

    /** Fails if a file in parts exists there; the disk itself checks all others. */
    private void requireFree(String path) throws IOException {
        if (parts(path).isPresent()) {
            throw new FileAlreadyExistsException(path);
        }
    }

    @Override
    public void stamp(String path, Instant modified) throws IOException {
        List<String> parts = partPaths(path);
        for (String part : parts.isEmpty() ? List.of(path) : parts) {
            disk.stamp(part, modified);
        }
    }

    @Override
    public Optional<Instant> modified(String path) throws IOException {
        List<String> parts = partPaths(path);
        return disk.modified(parts.isEmpty() ? path : parts.get(0));
    }

    @Override
    public void force(String path) throws IOException {
        for (String part : each(path)) {
            disk.force(part);
        }
    }

    @Override
    public void forget(String path) throws IOException {
        for (String part : each(path)) {
            disk.forget(part);
        }
    }

    @Override
    public boolean keepsMode(String path) throws IOException {
        for (String part : each(path)) {
            if (!disk.keepsMode(part)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean isSame(String one, String other) throws IOException {
        List<String> ones = partPaths(one);
        List<String> others = partPaths(other);
        if (ones.isEmpty() && others.isEmpty()) {
            return disk.isSame(one, other);
        }
        return !ones.isEmpty() && !others.isEmpty() && disk.isSame(ones.get(0), others.get(0));
    }

    @Override
    public void link(String existing, String fresh) throws IOException {
        requireFree(fresh);
        for (String[] pair : pairs(existing, fresh)) {
            disk.link(pair[0], pair[1]);
        }
    }

    @Override
    public void move(String from, String fresh) throws IOException {
        requireFree(fresh);
        for (String[] pair : pairs(from, fresh)) {
            disk.move(pair[0], pair[1]);
        }
    }

    /**
     * Returns the files of which a file consists, each with its new name, the note last. Fails, with nothing done, if
     * one of the names is taken.
     */
    private List<String[]> pairs(String from, String fresh) throws IOException {
        List<String> paths = paths(from);
        if (paths.isEmpty()) {
            return List.<String[]>of(new String[] {from, fresh});
        }
        if (disk.look(fresh).isPresent()) {
            throw new FileAlreadyExistsException(fresh);
        }
        String note = PartsNote.path(from);
        List<String[]> pairs = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            String path = paths.get(i);
            String to = path.equals(note) ? PartsNote.path(fresh) : growing.part(fresh, i + 1);
            if (disk.look(to).isPresent()) {
                throw new FileAlreadyExistsException(to);
            }
            if (disk.look(path).isPresent()) {
                pairs.add(new String[] {path, to});
            }
        }
        return pairs;
    }

    @Override
    public void delete(String path) throws IOException {
        List<String> paths = paths(path);
        if (paths.isEmpty()) {
            disk.delete(path);
        }
        for (int i = paths.size() - 1; i >= 0; i--) {
            if (disk.look(paths.get(i)).isPresent()) {
                disk.delete(paths.get(i));
            }
        }
    }

    @Override
    public boolean isElsewhere() throws IOException {
        return disk.isElsewhere();
    }

    @Override
    public boolean keepsNoLog() throws IOException {
        return disk.keepsNoLog();
    }

    @Override
    public boolean keepsForcedBytes() throws IOException {
        return disk.keepsForcedBytes();
    }

    @Override
    public boolean forcesWeakly() {
        return disk.forcesWeakly();
    }

    @Override
    public void forceFolder(String path) throws IOException {
        disk.forceFolder(path);
    }

    @Override
    public void makeFolder(String path) throws IOException {
        disk.makeFolder(path);
    }

    @Override
    public Optional<String> leadsTo(String path) throws IOException {
        return disk.leadsTo(path);
    }

    @Override
    public void symbolicLink(String target, String fresh) throws IOException {
        disk.symbolicLink(target, fresh);
    }

    @Override
    public void share() {
        disk.share();
    }

    @Override
    public long largestFile(String scratch) throws IOException {
        return disk.largestFile(scratch);
    }

    @Override
    public void letGo() {
        disk.letGo();
    }

    @Override
    public long freeBytes() throws IOException {
        return disk.freeBytes();
    }
}
