package dev.shoebox.destination.parts;

import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.Names;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;

/**
 * Files of one folder that are still being written, and may become larger than the disk can hold. Such a file begins under its
 * own name and, once that is full, continues in {@code NAME.002}, {@code NAME.003} and so on. It gets its note when it is complete.
 */
final class GrowingFiles {
    /** For a disk on which no file is too large. */
    static final GrowingFiles NONE = new GrowingFiles(null, "", Long.MAX_VALUE);

    private final Disk disk;
    private final String folder;
    private final long partSize;

    /**
     * @param folder in which files grow
     * @param partSize in bytes; {@link Long#MAX_VALUE} if no file is too large
     */
    GrowingFiles(Disk disk, String folder, long partSize) {
        this.disk = disk;
        this.folder = folder;
        this.partSize = partSize;
    }

    /** Returns the names that a published file of this size needs. */
    List<String> takenBy(String path, long size) {
        List<String> taken = new ArrayList<>(List.of(path));
        if (size > partSize) {
            long parts = Math.min(Disk.Parts.MOST, (size - 1) / partSize + 1);
            for (int number = 1; number <= parts; number++) {
                taken.add(Disk.Parts.path(path, number));
            }
            taken.add(PartsNote.path(path));
        }
        return taken;
    }

    /** Returns whether a file at this path may be growing. */
    boolean mayBe(String path) {
        return partSize < Long.MAX_VALUE && Names.folder(path).equals(folder);
    }

    /** Returns the path of a part; the first is number 1. */
    String part(String path, int number) {
        return number == 1 && mayBe(path) ? path : Disk.Parts.path(path, number);
    }

    /** Returns the parts that a growing file has so far; empty if it has only one. */
    List<String> parts(String path) throws IOException {
        List<String> parts = new ArrayList<>();
        for (int number = 1; number <= Disk.Parts.MOST; number++) {
            String part = part(path, number);
            Disk.Entry entry = disk.look(part).filter(Disk.Entry::isFile).orElse(null);
            if (entry == null) {
                break;
            }
            parts.add(part);
            if (entry.size() != partSize) {
                break;
            }
        }
        return parts.size() > 1 ? parts : List.of();
    }

    Disk.Out create(String path) throws IOException {
        return new Growing(path, disk.create(path), 1, 0);
    }

    /** @throws FileSystemException if its last part is too large, because a run with a larger limit wrote it */
    Disk.Out append(String path) throws IOException {
        int last = Math.max(1, parts(path).size());
        long size = size(part(path, last));
        if (size > partSize) {
            throw new FileSystemException(part(path, last), null, "larger than a part on this disk may be");
        }
        // A power cut may leave a part behind one that lost its end.
        for (int number = last + 1; disk.hasFile(part(path, number)); number++) {
            disk.delete(part(path, number));
        }
        return new Growing(path, disk.append(part(path, last)), last, (last - 1) * partSize + size);
    }

    private long size(String path) throws IOException {
        return disk.look(path).map(Disk.Entry::size).orElse(0L);
    }

    private final class Growing implements Disk.Out {
        private final String path;
        private Disk.Out current;

        /** Its number, from 1 on. */
        private int number;

        private long length;

        Growing(String path, Disk.Out current, int number, long length) {
            this.path = path;
            this.current = current;
            this.number = number;
            this.length = length;
        }

        /** Returns the number of the part in which a file of this length ends. */
        private int numberAt(long end) {
            return end == 0 ? 1 : Math.toIntExact((end - 1) / partSize) + 1;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            int limit = bytes.limit();
            while (bytes.hasRemaining()) {
                long left = number * partSize - length;
                if (left == 0) {
                    current.close();
                    current = disk.create(part(path, number + 1));
                    number++;
                    left = partSize;
                }
                int some = (int) Math.min(left, bytes.remaining());
                bytes.limit(bytes.position() + some);
                try {
                    current.write(bytes);
                } finally {
                    bytes.limit(limit);
                }
                length += some;
            }
        }

        @Override
        public void truncate(long size) throws IOException {
            int last = numberAt(size);
            if (last < number) {
                current.close();
                for (; number > last; number--) {
                    disk.delete(part(path, number));
                }
                current = disk.append(part(path, last));
            }
            current.truncate(size - (last - 1) * partSize);
            length = size;
        }

        @Override
        public void force() throws IOException {
            for (int before = 1; before < number; before++) {
                disk.force(part(path, before));
            }
            current.force();
        }

        @Override
        public void close() throws IOException {
            current.close();
        }
    }
}
