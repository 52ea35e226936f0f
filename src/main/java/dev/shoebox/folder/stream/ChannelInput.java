package dev.shoebox.folder.stream;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A range of a file as an independent stream. Skipping is free, and the file can be shared with other readers. */
public final class ChannelInput extends InputStream {
    private final FileChannel channel;
    private final long end;
    private long position;

    /** @param end may be past the end of the file, which then ends the stream */
    public ChannelInput(FileChannel channel, long start, long end) {
        this.channel = channel;
        this.position = start;
        this.end = end;
    }

    public long position() {
        return position;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
        if (count == 0) {
            return 0;
        }
        if (position >= end) {
            return -1;
        }
        int got = channel.read(ByteBuffer.wrap(bytes, from, (int) Math.min(count, end - position)), position);
        position += Math.max(got, 0);
        return got;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = Math.max(0, Math.min(count, Math.min(end, channel.size()) - position));
        position += skipped;
        return skipped;
    }

    @Override
    public int available() throws IOException {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(0, Math.min(end, channel.size()) - position));
    }
}
