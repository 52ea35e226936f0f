package dev.shoebox.destination.ingest;

import dev.shoebox.photos.source.ReadOnlyChannel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Keeps the first bytes of a file and its last few in memory: they hold the metadata of most photos, and show whether
 * the file is complete. Opening a new file to read it again takes as long as hashing a small file.
 */
public final class FileEnds {
    private static final int MOST_BYTES = 32 << 10;

    /** Room for the marker that ends a JPEG, and the bytes that some programs append to it. */
    private static final int LAST_BYTES = 64;

    /** Memory released by the last instance. Usually there is one at a time, and allocating 32 KiB costs as much as copying them. */
    private static final AtomicReference<byte[]> SPARE = new AtomicReference<>();

    /** Null once it is released. */
    private byte[] bytes;

    /** How many of the bytes belong to this file. */
    private final int known;

    private byte[] last = {};

    /** @param written the beginning of the file, from position to limit, which are not changed */
    public FileEnds(ByteBuffer written) {
        byte[] spare = SPARE.getAndSet(null);
        bytes = spare == null ? new byte[MOST_BYTES] : spare;
        known = Math.min(MOST_BYTES, written.remaining());
        written.get(written.position(), bytes, 0, known);
        add(written);
    }

    /** Makes the memory reusable; nothing can be read from here afterwards. */
    public void release() {
        SPARE.set(bytes);
        bytes = null;
    }

    /** @param written the following bytes, from position to limit, which are not changed */
    public void add(ByteBuffer written) {
        byte[] end = new byte[Math.min(LAST_BYTES, written.remaining())];
        written.get(written.limit() - end.length, end);
        last = end;
    }

    /** Opens the file for bytes that are not in memory. */
    public interface Rest {
        SeekableByteChannel open() throws IOException;
    }

    /** Derives a fact from the bytes of a file. */
    public interface Reader<T> {
        T read(SeekableByteChannel bytes) throws IOException;
    }

    /** Reads from a file, and closes it. */
    public static <T> T read(SeekableByteChannel bytes, Reader<T> reader) throws IOException {
        try {
            return reader.read(bytes);
        } finally {
            closeQuietly(bytes);
        }
    }

    private static void closeQuietly(SeekableByteChannel bytes) {
        try {
            bytes.close();
        } catch (IOException e) {
            // Open for reading only: nothing is lost, and a failing disk will show where it matters.
        }
    }

    /** Returns a channel for the whole file; the file is opened only if bytes outside memory are read. */
    public SeekableByteChannel ofFile(long size, Rest rest) {
        return new Whole(size, rest);
    }

    private final class Whole extends ReadOnlyChannel {
        private final Rest rest;

        /** Null until bytes outside memory are read. */
        private SeekableByteChannel opened;

        Whole(long size, Rest rest) {
            super(size);
            this.rest = rest;
        }

        @Override
        protected int read(long from, ByteBuffer into) throws IOException {
            if (from < known) {
                int count = Math.min(into.remaining(), known - (int) from);
                into.put(bytes, (int) from, count);
                return count;
            }
            long fromLast = from - (size() - last.length);
            if (fromLast >= 0) {
                int count = Math.min(into.remaining(), last.length - (int) fromLast);
                into.put(last, (int) fromLast, count);
                return count;
            }
            if (opened == null) {
                opened = rest.open();
            }
            return opened.position(from).read(into);
        }

        @Override
        public void close() throws IOException {
            super.close();
            if (opened != null) {
                opened.close();
            }
        }
    }
}
