package dev.shoebox.run.copies;

import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.PathDisk;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A large file takes longer than any call may: each piece of it counts. */
class WatchedDiskTest {
    private static final int PIECES = 5;

    @TempDir
    private Path folder;

    private final AtomicInteger answers = new AtomicInteger();
    private final UnforcedBytes unforced = new UnforcedBytes();
    private Disk disk;

    @BeforeEach
    void watch() {
        disk = WatchedDisk.of(new PathDisk(folder), answers::incrementAndGet, unforced);
    }

    private void write() throws IOException {
        try (Disk.Out out = disk.create("film")) {
            for (int piece = 0; piece < PIECES; piece++) {
                out.write(ByteBuffer.wrap(new byte[1000]));
            }
        }
    }

    @Test
    void eachPieceThatIsWrittenCounts() throws IOException {
        write();
        assertTrue(answers.get() >= PIECES, answers::toString);
    }

    @Test
    void eachPieceThatIsReadCounts() throws IOException {
        write();
        answers.set(0);
        try (SeekableByteChannel film = disk.read("film")) {
            ByteBuffer piece = ByteBuffer.allocate(1000);
            while (film.read(piece.clear()) >= 0) {}
        }
        assertTrue(answers.get() >= PIECES, answers::toString);
    }

    @Test
    void whatIsWrittenCountsUntilItsFileIsForced() throws IOException {
        write();
        assertEquals(PIECES * 1000L, unforced.total());
        try (Disk.Out list = disk.create("list")) {
            list.write(ByteBuffer.wrap(new byte[10]));
            list.force();
        }
        assertEquals(PIECES * 1000L, unforced.total(), "the force of another file");
        disk.force("film");
        assertEquals(0, unforced.total());
    }

    @Test
    void whatIsDeletedCountsNoLonger() throws IOException {
        write();
        disk.delete("film");
        assertEquals(0, unforced.total());
    }

    @Test
    void failuresAndTheDiskItselfAreThoseOfTheDisk() throws IOException {
        write();
        assertThrows(FileAlreadyExistsException.class, () -> disk.create("film"));
        assertSame(disk, disk.bare());
        assertEquals(PIECES * 1000L, disk.look("film").orElseThrow().size());
    }
}
