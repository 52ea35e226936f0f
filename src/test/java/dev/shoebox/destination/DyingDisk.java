package dev.shoebox.destination;

import dev.shoebox.destination.disk.Disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A real disk under a process that dies at a chosen operation: that operation is done at most half, and none follows.
 * Or a disk that fails once, at that operation, and then works again.
 */
final class DyingDisk implements Disk {
    private final Disk disk;
    private final boolean links;
    private final int fatal;
    private final boolean forGood;
    private final AtomicInteger operations = new AtomicInteger();

    /** @param fatal the operation that fails, counted from 0 without those that only read */
    DyingDisk(Disk disk, boolean links, int fatal, boolean forGood) {
        this.disk = disk;
        this.links = links;
        this.fatal = fatal;
        this.forGood = forGood;
    }

    int operations() {
        return operations.get();
    }

    private void operate() throws IOException {
        int operation = operations.getAndIncrement();
        if (operation == fatal || (forGood && operation > fatal)) {
            throw new IOException("operation " + operation);
        }
    }

    private void live() throws IOException {
        if (forGood && operations.get() > fatal) {
            throw new IOException("dead");
        }
    }

    @Override
    public Optional<Entry> look(String path) throws IOException {
        live();
        return disk.look(path);
    }

    @Override
    public List<String> names(String folder) throws IOException {
        live();
        return disk.names(folder);
    }

    @Override
    public SeekableByteChannel read(String path) throws IOException {
        live();
        return disk.read(path);
    }

    @Override
    public boolean readPastCache(String path, Consumer<ByteBuffer> taker) throws IOException {
        live();
        return disk.readPastCache(path, taker);
    }

    @Override
    public Out create(String path) throws IOException {
        operate();
        return new DyingOut(disk.create(path));
    }

    @Override
    public Out append(String path) throws IOException {
        operate();
        return new DyingOut(disk.append(path));
    }

    @Override
    public void stamp(String path, Instant modified) throws IOException {
        operate();
        disk.stamp(path, modified);
    }

    @Override
    public void force(String path) throws IOException {
        operate();
    }

    @Override
    public void forceFolder(String path) throws IOException {
        operate();
    }

    @Override
    public void makeFolder(String path) throws IOException {
        operate();
        disk.makeFolder(path);
    }

    @Override
    public void link(String existing, String fresh) throws IOException {
        operate();
        if (!links) {
            throw new IOException("no links here");
        }
        disk.link(existing, fresh);
    }

    @Override
    public void move(String from, String fresh) throws IOException {
        operate();
        disk.move(from, fresh);
    }

    @Override
    public void delete(String path) throws IOException {
        operate();
        disk.delete(path);
    }

    @Override
    public void share() {
        disk.share();
    }

    @Override
    public boolean keepsMode(String path) throws IOException {
        live();
        return disk.keepsMode(path);
    }

    @Override
    public long largestFile(String scratch) {
        return Long.MAX_VALUE;
    }

    @Override
    public long freeBytes() throws IOException {
        live();
        return disk.freeBytes();
    }

    private final class DyingOut implements Out {
        private final Out out;

        DyingOut(Out out) {
            this.out = out;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            try {
                operate();
            } catch (IOException e) {
                ByteBuffer half = bytes.duplicate();
                half.limit(half.position() + half.remaining() / 2);
                if (operations.get() == fatal + 1) {
                    out.write(half);
                }
                throw e;
            }
            out.write(bytes);
        }

        @Override
        public void truncate(long size) throws IOException {
            operate();
            out.truncate(size);
        }

        @Override
        public void force() throws IOException {
            operate();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
