package dev.shoebox.destination;

import dev.shoebox.destination.disk.Disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A disk that passes every call on; subclasses change a few. */
public class DelegatingDisk implements Disk {
    final Disk disk;

    public DelegatingDisk(Disk disk) {
        this.disk = disk;
    }

    @Override
    public Optional<String> denied(String path) throws IOException {
        return disk.denied(path);
    }

    @Override
    public boolean keepsNoLog() throws IOException {
        return disk.keepsNoLog();
    }

    @Override
    public void forget(String path) throws IOException {
        disk.forget(path);
    }

    @Override
    public boolean keepsForcedBytes() throws IOException {
        return disk.keepsForcedBytes();
    }

    /** A file that passes every call on. */
    public static class DelegatingOut implements Out {
        private final Out out;

        public DelegatingOut(Out out) {
            this.out = out;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            out.write(bytes);
        }

        @Override
        public void truncate(long size) throws IOException {
            out.truncate(size);
        }

        @Override
        public void force() throws IOException {
            out.force();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }

    @Override
    public Optional<Entry> look(String path) throws IOException {
        return disk.look(path);
    }

    @Override
    public boolean hasOtherNames(String path) throws IOException {
        return disk.hasOtherNames(path);
    }

    @Override
    public Optional<Object> key(String path) throws IOException {
        return disk.key(path);
    }

    @Override
    public List<String> names(String folder) throws IOException {
        return disk.names(folder);
    }

    @Override
    public SeekableByteChannel read(String path) throws IOException {
        return disk.read(path);
    }

    @Override
    public boolean readPastCache(String path, Consumer<ByteBuffer> taker) throws IOException {
        return disk.readPastCache(path, taker);
    }

    @Override
    public Out create(String path) throws IOException {
        return disk.create(path);
    }

    @Override
    public Out append(String path) throws IOException {
        return disk.append(path);
    }

    @Override
    public void stamp(String path, Instant modified) throws IOException {
        disk.stamp(path, modified);
    }

    @Override
    public void force(String path) throws IOException {
        disk.force(path);
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
    public void link(String existing, String fresh) throws IOException {
        disk.link(existing, fresh);
    }

    @Override
    public boolean isSame(String one, String other) throws IOException {
        return disk.isSame(one, other);
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
    public void move(String from, String fresh) throws IOException {
        disk.move(from, fresh);
    }

    @Override
    public void delete(String path) throws IOException {
        disk.delete(path);
    }

    @Override
    public void share() {
        disk.share();
    }

    @Override
    public boolean keepsMode(String path) throws IOException {
        return disk.keepsMode(path);
    }

    @Override
    public long largestFile(String scratch) throws IOException {
        return disk.largestFile(scratch);
    }

    @Override
    public long freeBytes() throws IOException {
        return disk.freeBytes();
    }
}
