package dev.shoebox.destination.disk;

import dev.shoebox.system.FileCalls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A file open for writing, through its channel.
 *
 * @param durable makes its bytes so
 */
record OutputChannel(FileChannel channel, FileCalls.Force durable) implements Disk.Out {
    @Override
    public void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @Override
    public void truncate(long size) throws IOException {
        // What is open to append writes at the end, wherever that is.
        channel.truncate(size);
    }

    @Override
    public void force() throws IOException {
        durable.force();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
