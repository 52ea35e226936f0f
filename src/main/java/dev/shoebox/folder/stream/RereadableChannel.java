package dev.shoebox.folder.stream;

import dev.shoebox.photos.source.ReadOnlyChannel;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * Random access to data that can only be read from the start: seeking forward reads on, seeking back starts again.
 * Keeps the first kilobytes, which readers of metadata return to.
 */
public final class RereadableChannel extends ReadOnlyChannel {
    private static final int KEPT = 64 << 10;
    private static final int STEP = 16 << 10;

    /** Opens the bytes from the start, any number of times. */
    public interface Opener {
        InputStream open() throws IOException;
    }

    private final Opener opener;
    private final byte[] head;
    private int headLength;
    private InputStream stream; // or null
    private long streamAt;

    public RereadableChannel(long size, Opener opener) {
        super(size);
        this.opener = opener;
        this.head = new byte[(int) Math.min(KEPT, size)];
    }

    @Override
    protected int read(long from, ByteBuffer into) throws IOException {
        if (from >= headLength) {
            seek(from);
        }
        int wanted = (int) Math.min(Math.min(into.remaining(), STEP), size() - from);
        if (from < headLength) {
            int count = (int) Math.min(wanted, headLength - from);
            into.put(head, (int) from, count);
            return count;
        }
        byte[] bytes = new byte[wanted];
        int count = stream.readNBytes(bytes, 0, wanted);
        into.put(bytes, 0, count);
        streamAt += count;
        return count == 0 ? -1 : count;
    }

    /** Advances the stream to the position, or fills the head up to the position. */
    private void seek(long position) throws IOException {
        if (stream == null || streamAt > position) {
            closeStream();
            stream = opener.open();
            streamAt = 0;
            headLength = 0;
        }
        InputStream in = stream;
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
    public void close() throws IOException {
        super.close();
        closeStream();
    }

    private void closeStream() throws IOException {
        if (stream != null) {
            stream.close();
        }
        stream = null;
    }
}
