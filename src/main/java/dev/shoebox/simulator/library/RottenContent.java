package dev.shoebox.simulator.library;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A file in which the phone's own storage has flipped one bit: all readers, including the phone, get the same wrong
 * byte.
 */
public record RottenContent(SimulatedLibrary.Content sound, long offset, int bit) implements SimulatedLibrary.Content {
    @Override
    public long size() throws IOException {
        return sound.size();
    }

    @Override
    public ByteBuffer[] read(long from, int length, SimulatedLibrary.Scratch scratch) throws IOException {
        ByteBuffer[] data = sound.read(from, length, scratch);
        long position = from;
        for (int i = 0; i < data.length; i++) {
            int count = data[i].remaining();
            if (offset >= position && offset < position + count) {
                ByteBuffer copy =
                        ByteBuffer.allocate(count).put(data[i].duplicate()).flip();
                int at = (int) (offset - position);
                data[i] = copy.put(at, (byte) (copy.get(at) ^ 1 << bit));
            }
            position += count;
        }
        return data;
    }

    @Override
    public void close() throws IOException {
        sound.close();
    }
}
