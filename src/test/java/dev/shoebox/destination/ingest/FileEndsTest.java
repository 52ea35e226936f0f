package dev.shoebox.destination.ingest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** The ends of a file have the same bytes whether they come from memory or from the disk. */
class FileEndsTest {
    @TempDir
    Path folder;

    @Test
    void theFileIsNotOpenedForItsFirstBytes() throws IOException {
        byte[] content = content(100);
        FileEnds beginning = new FileEnds(ByteBuffer.wrap(content));
        try (SeekableByteChannel channel = beginning.ofFile(content.length, () -> {
            throw new IOException("opened");
        })) {
            ByteBuffer read = ByteBuffer.allocate(content.length);
            assertEquals(content.length, channel.read(read));
            assertEquals(ByteBuffer.wrap(content), read.flip());
            assertEquals(-1, channel.read(ByteBuffer.allocate(1)));
        }
    }

    @Test
    void theFileIsNotOpenedForItsLastBytesWhateverPiecesItCameIn() throws IOException {
        byte[] content = content(200_000);
        for (int rest : new int[] {100_000, 70, 10}) {
            FileEnds ends = new FileEnds(ByteBuffer.wrap(content, 0, content.length - rest));
            ends.add(ByteBuffer.wrap(content, content.length - rest, rest));
            try (SeekableByteChannel channel = ends.ofFile(content.length, () -> {
                throw new IOException("opened");
            })) {
                ByteBuffer read = ByteBuffer.allocate(2);
                assertEquals(2, channel.position(content.length - 2).read(read));
                assertEquals(ByteBuffer.wrap(content, content.length - 2, 2), read.flip());
                assertEquals(-1, channel.read(ByteBuffer.allocate(1)));
            }
        }
    }

    @Test
    void bytesOfAnotherFileInMemoryAreNotIncluded() throws IOException {
        byte[] content = content(500);
        new FileEnds(ByteBuffer.wrap(content(40_000))).release();
        FileEnds next = new FileEnds(ByteBuffer.wrap(content, 0, 100));
        next.add(ByteBuffer.wrap(content, 100, 400));
        Path file = Files.write(folder.resolve("photo"), content);
        try (SeekableByteChannel channel = next.ofFile(content.length, () -> Files.newByteChannel(file))) {
            ByteBuffer read = ByteBuffer.allocate(content.length);
            while (read.hasRemaining() && channel.read(read) > 0) {
                // Until it is full.
            }
            assertEquals(ByteBuffer.wrap(content), read.flip());
        }
    }

    @Test
    void whereverItIsReadTheBytesAreThoseOfTheFile() throws IOException {
        byte[] content = content(200_000);
        Path file = Files.write(folder.resolve("photo"), content);
        // As pieces of the file arrive: only the first part is kept.
        FileEnds beginning = new FileEnds(ByteBuffer.wrap(content, 0, 64 << 10));
        beginning.add(ByteBuffer.wrap(content, 64 << 10, content.length - (64 << 10)));
        Random random = new Random(7);
        try (SeekableByteChannel channel = beginning.ofFile(content.length, () -> Files.newByteChannel(file))) {
            for (int round = 0; round < 300; round++) {
                int at = random.nextInt(round % 2 == 0 ? content.length : 64 << 10);
                at = round % 3 == 0 ? content.length - 1 - random.nextInt(200) : at;
                ByteBuffer read = ByteBuffer.allocate(Math.min(8 << 10, content.length - at));
                channel.position(at);
                while (read.hasRemaining() && channel.read(read) > 0) {
                    // Until it is full.
                }
                assertEquals(ByteBuffer.wrap(content, at, read.capacity()), read.flip());
            }
        }
    }

    private static byte[] content(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return content;
    }
}
