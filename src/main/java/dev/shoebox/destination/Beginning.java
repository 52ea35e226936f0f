package dev.shoebox.destination;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;

/**
 * The first bytes of a file, kept in memory: what most photos say of themselves stands there, and opening what was just
 * written to read it again costs a small file as much as hashing it.
 */
final class Beginning {
    private static final int MOST_BYTES = 32 << 10;

    private final byte[] bytes;

    /** @param written from position to limit; neither is moved */
    Beginning(ByteBuffer written) {
        bytes = new byte[Math.min(MOST_BYTES, written.remaining())];
        written.get(written.position(), bytes);
    }

    /** Opens the file for what is not in memory. */
    interface Rest {
        SeekableByteChannel open() throws IOException;
    }

    /** All of the file, to be read; it is opened only if other bytes are asked for than these. */
    SeekableByteChannel ofFile(long size, Rest rest) {
        return new Whole(size, rest);
    }

    private final class Whole implements SeekableByteChannel {
        private final long size;
        private final Rest rest;
        private Optional<SeekableByteChannel> opened = Optional.empty();
        private long position;
        private boolean closed;

        Whole(long size, Rest rest) {
            this.size = size;
            this.rest = rest;
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            int count;
            if (position < bytes.length) {
                count = Math.min(into.remaining(), bytes.length - (int) position);
                into.put(bytes, (int) position, count);
            } else if (position >= size) {
                return -1;
            } else {
                if (opened.isEmpty()) {
                    opened = Optional.of(rest.open());
                }
                count = opened.get().position(position).read(into);
            }
            position += Math.max(0, count);
            return count;
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public SeekableByteChannel position(long to) {
            position = to;
            return this;
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public boolean isOpen() {
            return !closed;
        }

        @Override
        public void close() throws IOException {
            closed = true;
            if (opened.isPresent()) {
                opened.get().close();
            }
        }

        @Override
        public int write(ByteBuffer from) {
            throw new NonWritableChannelException();
        }

        @Override
        public SeekableByteChannel truncate(long to) {
            throw new NonWritableChannelException();
        }
    }
}
