package dev.shoebox.destination;

import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.records.Identity;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;

/** A disk with a largest size of photos; records are smaller everywhere. */
public final class SmallFilesDisk extends DelegatingDisk {
    private final long largest;

    /** @param largest in bytes */
    public SmallFilesDisk(Disk disk, long largest) {
        super(disk);
        this.largest = largest;
    }

    @Override
    public long largestFile(String scratch) {
        return largest;
    }

    @Override
    public Out create(String path) throws IOException {
        return limited(path, super.create(path), 0);
    }

    @Override
    public Out append(String path) throws IOException {
        return limited(path, super.append(path), look(path).map(Entry::size).orElse(0L));
    }

    private Out limited(String path, Out out, long length) {
        return path.startsWith(Identity.STAGING + "/") && path.matches(".*\\.part(\\.[0-9]+)?")
                ? new Limited(out, length)
                : out;
    }

    private final class Limited extends DelegatingOut {
        private long length;

        Limited(Out out, long length) {
            super(out);
            this.length = length;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            length += bytes.remaining();
            if (length > largest) {
                throw new FileSystemException(null, null, "File too large");
            }
            super.write(bytes);
        }

        @Override
        public void truncate(long size) throws IOException {
            super.truncate(size);
            length = size;
        }
    }
}
