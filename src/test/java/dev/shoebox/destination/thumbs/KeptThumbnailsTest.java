package dev.shoebox.destination.thumbs;

import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.PathDisk;
import dev.shoebox.destination.records.StoredFile;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.source.MediaFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A kept thumbnail comes back unchanged or not at all, whatever a crash, a user or an attacker left on the disk. */
class KeptThumbnailsTest {
    private static final int COUNT = 12;

    @TempDir
    private Path root;

    private Disk disk;

    @BeforeEach
    void make() throws IOException {
        Files.createDirectory(root.resolve(".shoebox"));
        disk = new PathDisk(root.toRealPath());
    }

    private static StoredFile stored(int number) {
        MediaFile file =
                new MediaFile("DCIM/100APPLE/IMG_" + number + ".HEIC", 1000 + number, Instant.EPOCH, Optional.empty());
        return new StoredFile(file, "asset " + number, Role.PHOTO, "2026/08/IMG_" + number + ".HEIC", 1000 + number);
    }

    private static byte[] picture(int number) {
        byte[] bytes = new byte[3000 + 100 * number];
        new Random(number).nextBytes(bytes);
        return bytes;
    }

    private void keep(int from, int to) throws IOException {
        try (ThumbnailWriter writer = new ThumbnailWriter(disk, KeptThumbnails.read(disk))) {
            for (int i = from; i < to; i++) {
                writer.keep(stored(i), picture(i));
            }
        }
    }

    /** Each thumbnail is the one that was kept, or absent; returns how many there are. */
    private int whole() throws IOException {
        KeptThumbnails kept = KeptThumbnails.read(disk);
        int count = 0;
        for (int i = 0; i < COUNT; i++) {
            Optional<byte[]> found = kept.find(stored(i));
            if (found.isPresent()) {
                assertArrayEquals(picture(i), found.get());
                count++;
            }
        }
        return count;
    }

    private Path pack(int number) {
        return root.resolve(".shoebox/thumbs/000" + number + ".pack");
    }

    private Path index(int number) {
        return root.resolve(".shoebox/thumbs/000" + number + ".index");
    }

    @Test
    void keptThumbnailsAreFoundAndTheNextRunAppends() throws IOException {
        keep(0, 5);
        keep(5, COUNT);
        assertEquals(COUNT, whole());
        assertTrue(Files.exists(pack(1)));
        assertFalse(Files.exists(pack(2)));
        assertFalse(KeptThumbnails.read(disk).knows(stored(COUNT)));
    }

    @Test
    void thatASourceHasNoneIsRemembered() throws IOException {
        try (ThumbnailWriter writer = new ThumbnailWriter(disk, KeptThumbnails.read(disk))) {
            writer.keepNone(stored(0));
            writer.keep(stored(1), new byte[ThumbnailPack.LARGEST + 1]);
        }
        KeptThumbnails kept = KeptThumbnails.read(disk);
        assertTrue(kept.knows(stored(0)) && kept.knows(stored(1)));
        assertTrue(kept.find(stored(0)).isEmpty() && kept.find(stored(1)).isEmpty());
    }

    @Test
    void ofTwoTheLaterCounts() throws IOException {
        keep(0, 2);
        try (ThumbnailWriter writer = new ThumbnailWriter(disk, KeptThumbnails.read(disk))) {
            writer.keep(stored(0), picture(7));
        }
        assertArrayEquals(picture(7), KeptThumbnails.read(disk).find(stored(0)).orElseThrow());
    }

    /** Wherever a crash truncates a pack, its complete records stay, and the next run continues. */
    @Test
    void aTornTailIsPassedOverAndNothingIsAppendedToIt() throws IOException {
        keep(0, COUNT);
        byte[] bytes = Files.readAllBytes(pack(1));
        byte[] lines = Files.readAllBytes(index(1));
        for (int cut = 0; cut < bytes.length; cut += 997) {
            Files.write(pack(1), Arrays.copyOf(bytes, cut));
            for (int indexCut : new int[] {lines.length, lines.length / 2, lines.length / 2 + 5, 0}) {
                Files.write(index(1), Arrays.copyOf(lines, indexCut));
                int before = whole();
                assertTrue(before >= cut / 4200 - 1 && before < COUNT, cut + " leave " + before);
                keep(COUNT - 1, COUNT);
                assertEquals(before + 1, whole(), "cut at " + cut + ", index at " + indexCut);
                Files.deleteIfExists(pack(2));
                Files.deleteIfExists(index(2));
                Files.write(pack(1), Arrays.copyOf(bytes, cut));
            }
        }
    }

    @Test
    void withoutItsIndexAPackIsReadAndGetsOneAgain() throws IOException {
        keep(0, 5);
        byte[] lines = Files.readAllBytes(index(1));
        Files.delete(index(1));
        assertEquals(5, whole());
        keep(5, 6);
        assertEquals(6, whole());
        assertTrue(Files.size(index(1)) > lines.length);
        // An index of something else is made anew.
        Files.writeString(index(1), "no index at all");
        keep(6, 7);
        assertEquals(7, whole());
        assertEquals(7 * (long) ThumbnailPack.LINE, Files.size(index(1)));
    }

    /** Changes every byte of both files in turn: thumbnails may be missing, but never wrong. */
    @Test
    void noChangedByteMakesAnotherPicture() throws IOException {
        keep(0, 3);
        for (Path file : new Path[] {pack(1), index(1)}) {
            byte[] bytes = Files.readAllBytes(file);
            for (int at = 0; at < bytes.length; at += file.equals(index(1)) ? 1 : 13) {
                byte[] changed = bytes.clone();
                changed[at] ^= 0x41;
                Files.write(file, changed);
                assertTrue(whole() <= 3);
            }
            Files.write(file, bytes);
        }
        assertEquals(3, whole());
    }

    /** Lengths that would take all memory, and folders, links and pipes in place of files. */
    @Test
    void hostileFilesCostNothing() throws IOException {
        keep(0, 2);
        ByteBuffer huge = ByteBuffer.allocate(ThumbnailPack.HEADER);
        huge.putInt(0x53425431).putInt(0).putLong(1).putLong(2).putInt(Integer.MAX_VALUE);
        Files.write(pack(2), huge.array());
        Files.createDirectory(pack(3));
        Files.createSymbolicLink(pack(4), Path.of("/dev/zero"));
        Files.createDirectory(index(2));
        Files.writeString(root.resolve(".shoebox/thumbs/notes.txt"), "mine");
        assertEquals(2, whole());
        keep(2, 3);
        assertEquals(3, whole());
        assertEquals("mine", Files.readString(root.resolve(".shoebox/thumbs/notes.txt")));
    }

    /** A snapshot holds a second name of the pack, whose content stays unchanged. */
    @Test
    void aPackWithAnotherNameIsNotAppendedTo() throws IOException {
        keep(0, 2);
        Path snapshot = Files.createLink(root.resolve("snapshot"), pack(1));
        long size = Files.size(snapshot);
        keep(2, 4);
        assertEquals(size, Files.size(snapshot));
        assertEquals(4, whole());
    }
}
