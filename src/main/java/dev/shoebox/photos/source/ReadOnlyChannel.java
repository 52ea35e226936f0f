package dev.shoebox.photos.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** A read-only channel with random access. This class keeps the position; subclasses provide the bytes. */
public abstract class ReadOnlyChannel implements SeekableByteChannel {
    private final long size;
    private long position;
    private boolean closed;

    /** @param size in bytes */
    protected ReadOnlyChannel(long size) {
        this.size = size;
    }

    /**
     * Reads some bytes from an offset before the end; the buffer has room for at least one.
     *
     * @return the number of bytes; negative if there are none after all
     */
    protected abstract int read(long from, ByteBuffer into) throws IOException;

    @Override
    public final int read(ByteBuffer into) throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (position >= size) {
            return -1;
        }
        if (!into.hasRemaining()) {
            return 0;
        }
        int count = read(position, into);
        position += Math.max(0, count);
        return count;
    }

    @Override
    public final long position() {
        return position;
    }

    @Override
    public final SeekableByteChannel position(long to) {
        if (to < 0) {
            throw new IllegalArgumentException("position " + to);
        }
        position = to;
        return this;
    }

    @Override
    public final long size() {
        return size;
    }

    @Override
    public final boolean isOpen() {
        return !closed;
    }

    /** Subclasses with more to close do so, then call this. */
    @Override
    public void close() throws IOException {
        closed = true;
    }

    @Override
    public final int write(ByteBuffer from) {
        throw new NonWritableChannelException();
    }

    @Override
    public final SeekableByteChannel truncate(long to) {
        throw new NonWritableChannelException();
    }
}
