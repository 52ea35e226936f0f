package dev.shoebox.destination;

import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.Names;
import dev.shoebox.destination.records.Catalogue;
import dev.shoebox.photos.source.ReadOnlyChannel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A disk of the model: a {@link Medium} with faults. Only the catalogue is in a real folder, because SQLite needs one.
 */
public final class CrashDisk implements Disk {
    private final Medium medium;
    private final Faults faults;
    private final Disk real;

    /** @param real below a folder in which {@code .shoebox} has the files that the catalogue needs */
    public CrashDisk(Medium medium, Faults faults, Disk real) {
        this.medium = medium;
        this.faults = faults;
        this.real = real;
    }

    /** The outcome of a call that changes something. */
    enum Step {
        CREATE,
        APPEND,
        WRITE,
        TRUNCATE,
        FORCE,
        CLOSE,
        STAMP,
        FORCE_FOLDER,
        MAKE_FOLDER,
        LINK,
        MOVE,
        DELETE
    }

    private interface Action {
        void run() throws IOException;
    }

    private void change(Step step, String path, Action action) throws IOException {
        synchronized (medium) {
            switch (faults.next(step, path)) {
                case NOTHING -> action.run();
                case FAILS -> throw failure(path);
                case CRASHES_BEFORE -> throw faults.dies();
                case CRASHES_AFTER -> {
                    try {
                        action.run();
                    } catch (IOException e) {
                        // The process is dead and hears nothing.
                    }
                    throw faults.dies();
                }
            }
        }
    }

    private IOException failure(String path) {
        return new FileSystemException(path, null, faults.isFull() ? "No space left on device" : "Input/output error");
    }

    private static boolean isReal(String path) {
        return path.startsWith(Catalogue.FILE);
    }

    private Medium.Name file(String path) throws IOException {
        Medium.Name name = medium.at(path).orElseThrow(() -> new NoSuchFileException(path));
        if (name.node().folder) {
            throw new FileSystemException(path, null, "Is a directory");
        }
        return name;
    }

    private void requireFresh(String path) throws IOException {
        if (medium.at(path).isPresent()) {
            throw new FileAlreadyExistsException(path);
        }
        if (medium.at(Names.folder(path)).filter(name -> name.node().folder).isEmpty()) {
            throw new NoSuchFileException(path);
        }
    }

    @Override
    public Optional<Entry> look(String path) throws IOException {
        synchronized (medium) {
            faults.requireAlive();
            if (isReal(path)) {
                return real.look(path);
            }
            return medium.at(path)
                    .map(Medium.Name::node)
                    .map(node -> new Entry(node.folder ? Entry.Kind.FOLDER : Entry.Kind.FILE, node.bytes().length));
        }
    }

    @Override
    public List<String> names(String folder) throws IOException {
        synchronized (medium) {
            faults.requireAlive();
            var names = new ArrayList<String>();
            medium.names().forEach((key, name) -> {
                if (!key.isEmpty() && Names.folder(key).equals(medium.profile.key(folder))) {
                    names.add(Names.last(name.path()));
                }
            });
            return names;
        }
    }

    @Override
    public SeekableByteChannel read(String path) throws IOException {
        synchronized (medium) {
            faults.requireAlive();
            return new Bytes(file(path).node().bytes());
        }
    }

    @Override
    public boolean readPastCache(String path, Consumer<ByteBuffer> taker) throws IOException {
        synchronized (medium) {
            faults.requireAlive();
            taker.accept(ByteBuffer.wrap(file(path).node().bytesPastCache()));
            return true;
        }
    }

    @Override
    public Out create(String path) throws IOException {
        if (isReal(path)) {
            faults.requireAlive();
            return real.create(path);
        }
        change(Step.CREATE, path, () -> {
            requireFresh(path);
            medium.give(path, new Medium.Node(false));
        });
        synchronized (medium) {
            return new Writing(file(path));
        }
    }

    @Override
    public Out append(String path) throws IOException {
        change(Step.APPEND, path, () -> {
            if (medium.at(path).isEmpty()) {
                requireFresh(path);
                medium.give(path, new Medium.Node(false));
            }
        });
        synchronized (medium) {
            return new Writing(file(path));
        }
    }

    @Override
    public void stamp(String path, Instant modified) throws IOException {
        change(Step.STAMP, path, () -> medium.stamp(file(path).node(), modified));
    }

    @Override
    public void force(String path) throws IOException {
        force(file(path));
    }

    private void force(Medium.Name name) throws IOException {
        try {
            change(Step.FORCE, name.path(), () -> medium.force(name));
        } catch (FileSystemException e) {
            synchronized (medium) {
                medium.failForce(name.node());
            }
            throw e;
        }
    }

    @Override
    public boolean keepsForcedBytes() {
        return medium.profile.keepsForcedBytes();
    }

    @Override
    public void forceFolder(String path) throws IOException {
        if (!medium.profile.forcesFolders()) {
            throw new FileSystemException(path, null, "Access is denied");
        }
        change(Step.FORCE_FOLDER, path, () -> medium.forceFolder(path));
    }

    @Override
    public void makeFolder(String path) throws IOException {
        change(Step.MAKE_FOLDER, path, () -> {
            requireFresh(path);
            medium.give(path, new Medium.Node(true));
        });
    }

    @Override
    public void link(String existing, String fresh) throws IOException {
        if (!medium.profile.hasLinks()) {
            throw new FileSystemException(fresh, existing, "Operation not permitted");
        }
        change(Step.LINK, fresh, () -> {
            Medium.Name from = file(existing);
            requireFresh(fresh);
            medium.give(fresh, from.node());
        });
    }

    @Override
    public void move(String from, String fresh) throws IOException {
        if (isReal(from)) {
            faults.requireAlive();
            real.move(from, fresh);
            return;
        }
        change(Step.MOVE, fresh, () -> {
            Medium.Name name = file(from);
            requireFresh(fresh);
            medium.move(name, fresh);
        });
    }

    @Override
    public void delete(String path) throws IOException {
        if (isReal(path)) {
            faults.requireAlive();
            real.delete(path);
            return;
        }
        change(Step.DELETE, path, () -> medium.delete(file(path)));
    }

    @Override
    public void share() {
        // Has no modes.
    }

    @Override
    public boolean keepsMode(String path) {
        return true;
    }

    @Override
    public long largestFile(String scratch) {
        return Long.MAX_VALUE;
    }

    @Override
    public long freeBytes() throws IOException {
        faults.requireAlive();
        return 1L << 40;
    }

    private final class Writing implements Out {
        private final Medium.Name name;

        Writing(Medium.Name name) {
            this.name = name;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            byte[] all = new byte[bytes.remaining()];
            bytes.get(all);
            if (faults.isShort()) {
                synchronized (medium) {
                    // The write arrives in two parts, of which the second may fail.
                    medium.write(name.node(), java.util.Arrays.copyOf(all, all.length / 2));
                }
                byte[] rest = java.util.Arrays.copyOfRange(all, all.length / 2, all.length);
                change(Step.WRITE, name.path(), () -> medium.write(name.node(), rest));
            } else {
                change(Step.WRITE, name.path(), () -> medium.write(name.node(), all));
            }
        }

        @Override
        public void truncate(long size) throws IOException {
            change(Step.TRUNCATE, name.path(), () -> medium.truncate(name.node(), (int) size));
        }

        @Override
        public void force() throws IOException {
            CrashDisk.this.force(name);
        }

        @Override
        public void close() throws IOException {
            change(Step.CLOSE, name.path(), () -> {});
        }
    }

    /** Bytes to read. */
    private static final class Bytes extends ReadOnlyChannel {
        private final byte[] bytes;

        Bytes(byte[] bytes) {
            super(bytes.length);
            this.bytes = bytes;
        }

        @Override
        protected int read(long from, ByteBuffer into) {
            int count = (int) Math.min(into.remaining(), size() - from);
            into.put(bytes, (int) from, count);
            return count;
        }
    }
}
