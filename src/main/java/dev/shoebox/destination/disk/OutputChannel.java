package dev.shoebox.destination.disk;

import dev.shoebox.system.FileCalls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A file that is open for writing through a channel.
 *
 * @param durable forces its bytes
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
        // A channel in append mode writes at the end, wherever that is.
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
