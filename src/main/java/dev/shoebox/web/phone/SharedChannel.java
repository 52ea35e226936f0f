package dev.shoebox.web.phone;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.concurrent.locks.ReentrantLock;

/** A file of a source that others use as well: each read waits for its turn. */
final class SharedChannel implements SeekableByteChannel {
    private final SeekableByteChannel file;
    private final ReentrantLock turn;

    SharedChannel(SeekableByteChannel file, ReentrantLock turn) {
        this.file = file;
        this.turn = turn;
    }

    @Override
    public int read(ByteBuffer buffer) throws IOException {
        turn.lock();
        try {
            return file.read(buffer);
        } finally {
            turn.unlock();
        }
    }

    @Override
    public int write(ByteBuffer buffer) {
        throw new java.nio.channels.NonWritableChannelException();
    }

    @Override
    public long position() throws IOException {
        return file.position();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
        file.position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new java.nio.channels.NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return file.isOpen();
    }

    @Override
    public void close() throws IOException {
        turn.lock();
        try {
            file.close();
        } finally {
            turn.unlock();
        }
    }
}
