package dev.shoebox.destination;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** A text file that only ever grows by whole lines, whatever a crash left at its end. */
final class Lines implements Closeable {
    /** No line of ours comes near; a longer one is damage. */
    private static final int LONGEST = 1 << 20;

    private final Disk.Out out;
    private long length;
    private boolean torn;

    private Lines(Disk.Out out, long length) {
        this.out = out;
        this.length = length;
    }

    /** Receives complete lines. */
    interface Reader {
        /**
         * @param line without its end
         * @param end offset in bytes of what follows it
         */
        void line(String line, long end) throws IOException;
    }

    /**
     * Opens for appending; whatever follows the last valid line is cut off. Lines that are not valid but have valid ones
     * after them were not torn by a crash and stay.
     *
     * @param from offset in bytes before which nothing needs repair; a file that has become shorter is looked through
     *     as a whole
     */
    static Lines open(Disk disk, String path, long from, Predicate<String> valid) throws IOException {
        long size = disk.look(path).map(Disk.Entry::size).orElse(0L);
        long[] good = {from <= size ? from : 0};
        read(disk, path, good[0], (line, end) -> {
            if (valid.test(line)) {
                good[0] = end;
            }
        });
        Disk.Out out = disk.append(path);
        try {
            if (good[0] < size) {
                out.truncate(good[0]);
                out.force();
            }
            return new Lines(out, good[0]);
        } catch (IOException e) {
            out.close();
            throw e;
        }
    }

    /** Reads complete lines from an offset on; a last line without its end is not one. No such file has no lines. */
    static void read(Disk disk, String path, long from, Reader reader) throws IOException {
        if (disk.look(path).isEmpty()) {
            return;
        }
        try (SeekableByteChannel channel = disk.read(path)) {
            channel.position(from);
            long end = from;
            ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
            byte[] line = new byte[256];
            int length = 0;
            while (channel.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    byte next = buffer.get();
                    end++;
                    if (next == '\n') {
                        reader.line(new String(line, 0, Math.min(length, line.length), StandardCharsets.UTF_8), end);
                        length = 0;
                    } else if (length < LONGEST) {
                        if (length == line.length) {
                            line = Arrays.copyOf(line, length * 2);
                        }
                        line[length++] = next;
                    }
                }
                buffer.clear();
            }
        }
    }

    /**
     * Writes the end again if the disk does not have it as the system remembers it. After a force that failed the system
     * shows lines that it dropped, and would never write them.
     *
     * @param disk one that can be read past the cache
     * @param from offset in bytes of the first line that may be concerned
     */
    void ensureWritten(Disk disk, String path, long from) throws IOException {
        if (from >= length) {
            return;
        }
        byte[] remembered = new byte[Math.toIntExact(length - from)];
        try (SeekableByteChannel channel = disk.read(path)) {
            channel.position(from);
            ByteBuffer buffer = ByteBuffer.wrap(remembered);
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                // Until it is full.
            }
        }
        var onDisk = new ByteArrayOutputStream();
        long[] position = {0};
        disk.readPastCache(path, bytes -> {
            int skipped = (int) Math.min(bytes.remaining(), Math.max(0, from - position[0]));
            position[0] += bytes.remaining();
            bytes.position(bytes.position() + skipped);
            byte[] rest = new byte[bytes.remaining()];
            bytes.get(rest);
            onDisk.writeBytes(rest);
        });
        if (!Arrays.equals(onDisk.toByteArray(), remembered)) {
            torn = true;
            out.truncate(from);
            out.write(ByteBuffer.wrap(remembered));
            out.force();
            torn = false;
        }
    }

    /** Offset in bytes of the end. */
    long length() {
        return length;
    }

    /** All or nothing, as far as the disk lets us; durable only after {@link #force}. */
    void append(List<String> lines) throws IOException {
        if (lines.isEmpty()) {
            return;
        }
        if (torn) {
            throw new IOException("the end of a file is torn, which the next run repairs");
        }
        byte[] bytes = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            out.write(ByteBuffer.wrap(bytes));
        } catch (IOException e) {
            try {
                out.truncate(length);
            } catch (IOException left) {
                // What would follow half a line would be lost with it.
                torn = true;
                e.addSuppressed(left);
            }
            throw e;
        }
        length += bytes.length;
    }

    void force() throws IOException {
        out.force();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
