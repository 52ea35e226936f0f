package dev.shoebox.photos.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** Random access to bytes that nobody changes through it. Where it stands is kept here; what is there, below. */
public abstract class ReadOnlyChannel implements SeekableByteChannel {
    private final long size;
    private long position;
    private boolean closed;

    /** @param size in bytes */
    protected ReadOnlyChannel(long size) {
        this.size = size;
    }

    /**
     * Reads some of the bytes from a place on; that is before the end, and there is room for one at least.
     *
     * @return how many; negative if there turn out to be none
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

    /** Whoever has more to close does it, then this. */
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
