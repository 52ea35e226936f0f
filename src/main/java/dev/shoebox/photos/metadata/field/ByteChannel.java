package dev.shoebox.photos.metadata.field;

import dev.shoebox.photos.source.ReadOnlyChannel;

import java.nio.ByteBuffer;

/** A block decoded into memory, readable like a file. */
public final class ByteChannel extends ReadOnlyChannel {
    private final byte[] bytes;

    public ByteChannel(byte[] bytes) {
        super(bytes.length);
        this.bytes = bytes;
    }

    @Override
    protected int read(long from, ByteBuffer into) {
        int count = (int) Math.min(into.remaining(), bytes.length - from);
        into.put(bytes, (int) from, count);
        return count;
    }
}
