package dev.shoebox.destination.parts;

import dev.shoebox.destination.disk.Disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.util.List;

/** Reads several files, one after the other, as one. Keeps one of them open at a time. */
final class JoinedChannel implements SeekableByteChannel {
    private final Disk disk;
    private final List<String> paths;

    /** The offset in the whole at which each file ends. */
    private final long[] ends;

    /** Null until the first read. */
    private SeekableByteChannel current;

    private int opened = -1;
    private long position;
    private boolean closed;

    /** @throws NoSuchFileException if one of them does not exist */
    JoinedChannel(Disk disk, List<String> paths) throws IOException {
        this.disk = disk;
        this.paths = List.copyOf(paths);
        this.ends = new long[paths.size()];
        long end = 0;
        for (int i = 0; i < ends.length; i++) {
            String path = paths.get(i);
            end += disk.look(path)
                    .filter(Disk.Entry::isFile)
                    .orElseThrow(() -> new NoSuchFileException(path))
                    .size();
            ends[i] = end;
        }
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        requireOpen();
        for (int at = 0; at < ends.length; at++) {
            long left = ends[at] - position;
            if (left <= 0) {
                continue;
            }
            SeekableByteChannel channel = channel(at);
            channel.position(position - (at == 0 ? 0 : ends[at - 1]));
            int limit = into.limit();
            into.limit((int) Math.min(limit, into.position() + left));
            int read = channel.read(into);
            into.limit(limit);
            if (read < 0) {
                // Later bytes would be at the wrong offsets.
                throw new IOException(paths.get(at) + " became shorter while it was read");
            }
            position += read;
            return read;
        }
        return -1;
    }

    private SeekableByteChannel channel(int at) throws IOException {
        if (opened != at) {
            closeCurrent();
            current = disk.read(paths.get(at));
            opened = at;
        }
        return current;
    }

    private void closeCurrent() throws IOException {
        if (current != null) {
            opened = -1;
            current.close();
        }
    }

    private void requireOpen() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
    }

    @Override
    public long position() throws IOException {
        requireOpen();
        return position;
    }

    @Override
    public SeekableByteChannel position(long wanted) throws IOException {
        requireOpen();
        if (wanted < 0) {
            throw new IllegalArgumentException("A position is not negative.");
        }
        position = wanted;
        return this;
    }

    @Override
    public long size() throws IOException {
        requireOpen();
        return ends[ends.length - 1];
    }

    @Override
    public int write(ByteBuffer bytes) {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        closeCurrent();
    }
}
