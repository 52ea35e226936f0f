package dev.shoebox.destination.ingest;

import dev.shoebox.photos.source.ReadOnlyChannel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;

/**
 * The first bytes of a file, and its last few, kept in memory: what most photos say of themselves stands there, and whether they
 * came to their end. Opening what was just written to read it again costs a small file as much as hashing it.
 */
final class FileEnds {
    private static final int MOST_BYTES = 32 << 10;

    /** The marker that ends a JPEG, with room for what some programs put behind it. */
    private static final int LAST_BYTES = 64;

    private final byte[] bytes;
    private byte[] last = {};

    /** @param written the beginning of the file, from position to limit; neither is moved */
    FileEnds(ByteBuffer written) {
        bytes = new byte[Math.min(MOST_BYTES, written.remaining())];
        written.get(written.position(), bytes);
        add(written);
    }

    /** @param written what follows, from position to limit; neither is moved */
    void add(ByteBuffer written) {
        byte[] end = new byte[Math.min(LAST_BYTES, written.remaining())];
        written.get(written.limit() - end.length, end);
        last = end;
    }

    /** Opens the file for what is not in memory. */
    interface Rest {
        SeekableByteChannel open() throws IOException;
    }

    /** All of the file, to be read; it is opened only if other bytes are asked for than these. */
    SeekableByteChannel ofFile(long size, Rest rest) {
        return new Whole(size, rest);
    }

    private final class Whole extends ReadOnlyChannel {
        private final Rest rest;
        private Optional<SeekableByteChannel> opened = Optional.empty();

        Whole(long size, Rest rest) {
            super(size);
            this.rest = rest;
        }

        @Override
        protected int read(long from, ByteBuffer into) throws IOException {
            if (from < bytes.length) {
                int count = Math.min(into.remaining(), bytes.length - (int) from);
                into.put(bytes, (int) from, count);
                return count;
            }
            long fromLast = from - (size() - last.length);
            if (fromLast >= 0) {
                int count = Math.min(into.remaining(), last.length - (int) fromLast);
                into.put(last, (int) fromLast, count);
                return count;
            }
            if (opened.isEmpty()) {
                opened = Optional.of(rest.open());
            }
            return opened.get().position(from).read(into);
        }

        @Override
        public void close() throws IOException {
            super.close();
            if (opened.isPresent()) {
                opened.get().close();
            }
        }
    }
}
