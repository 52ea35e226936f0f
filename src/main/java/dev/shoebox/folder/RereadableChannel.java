package dev.shoebox.folder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;

/**
 * Random access to what can only be read from its beginning: going forward reads on, going back begins again. The
 * first kilobytes are kept, because that is where a reader of dates goes back to.
 */
final class RereadableChannel implements SeekableByteChannel {
    private static final int KEPT = 64 << 10;
    private static final int STEP = 16 << 10;

    /** Gives the bytes from the first on, any number of times. */
    interface Opener {
        InputStream open() throws IOException;
    }

    private final long size;
    private final Opener opener;
    private final byte[] head;
    private int headLength;
    private Optional<InputStream> stream = Optional.empty();
    private long streamAt;
    private long position;
    private boolean closed;

    RereadableChannel(long size, Opener opener) {
        this.size = size;
        this.opener = opener;
        this.head = new byte[(int) Math.min(KEPT, size)];
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (position >= size) {
            return -1;
        }
        if (position >= headLength) {
            seek();
        }
        int wanted = (int) Math.min(Math.min(target.remaining(), STEP), size - position);
        if (position < headLength) {
            int count = (int) Math.min(wanted, headLength - position);
            target.put(head, (int) position, count);
            position += count;
            return count;
        }
        byte[] bytes = new byte[wanted];
        int count = stream.orElseThrow().readNBytes(bytes, 0, wanted);
        target.put(bytes, 0, count);
        streamAt += count;
        position += count;
        return count == 0 && wanted > 0 ? -1 : count;
    }

    /** Brings the stream to the position, or fills the head as far as the position. */
    private void seek() throws IOException {
        if (stream.isEmpty() || streamAt > position) {
            closeStream();
            stream = Optional.of(opener.open());
            streamAt = 0;
            headLength = 0;
        }
        InputStream in = stream.get();
        if (streamAt < head.length) {
            headLength = in.readNBytes(head, 0, head.length);
            streamAt = headLength;
        }
        if (position > streamAt) {
            in.skipNBytes(position - streamAt);
            streamAt = position;
        }
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) {
        position = newPosition;
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
        closeStream();
    }

    private void closeStream() throws IOException {
        if (stream.isPresent()) {
            stream.get().close();
        }
        stream = Optional.empty();
    }

    @Override
    public int write(ByteBuffer source) {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long newSize) {
        throw new NonWritableChannelException();
    }
}
