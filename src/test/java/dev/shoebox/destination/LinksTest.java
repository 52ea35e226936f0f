package dev.shoebox.destination;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.PathDisk;
import dev.shoebox.destination.disk.SymbolicLinkException;
import dev.shoebox.destination.opening.OpenMode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

import static dev.shoebox.destination.Backups.photo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Symbolic links planted in a backup: their targets are neither read nor changed. */
class LinksTest {
    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2001-02-03T04:05:06Z"));

    @TempDir
    private Path folder;

    private Backups backups;
    private Path outside;

    @BeforeEach
    void begin() throws IOException {
        backups = new Backups(folder.toRealPath().resolve("backup"));
        backups.run(photo("DCIM/100APPLE/IMG_0001.HEIC", "one"));
        outside = Files.createDirectory(folder.resolve("outside"));
    }

    /** Every file outside, with its content and times. */
    private Map<String, String> victims() throws IOException {
        var found = new HashMap<String, String>();
        try (var paths = Files.walk(outside)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                String content =
                        Files.isRegularFile(path) ? HexFormat.of().formatHex(Files.readAllBytes(path)) : "a folder";
                found.put(path.toString(), content + Files.getLastModifiedTime(path));
            }
        }
        return found;
    }

    /** Moves the file out, or makes one outside, and leaves a link in its place. */
    private Path plant(String path) throws IOException {
        Path place = backups.root.resolve(path);
        Path victim = outside.resolve("victim");
        if (Files.exists(place)) {
            Files.move(place, victim);
        } else {
            Files.writeString(victim, "Dear Ada");
        }
        Files.setLastModifiedTime(victim, LONG_AGO);
        return Files.createSymbolicLink(place, victim);
    }

    /** The run names the link and what to do about it. */
    private void assertRefused(String path) throws Exception {
        Path link = plant(path);
        Map<String, String> before = victims();

        var told = assertThrows(
                DestinationException.Lost.class, () -> backups.run(photo("DCIM/100APPLE/IMG_0002.HEIC", "two")));

        assertTrue(told.getMessage().contains("symbolic link"), told.getMessage());
        assertTrue(told.getMessage().contains(path), told.getMessage());
        assertFalse(told.getMessage().contains("\n"), told.getMessage());
        assertLookingLeavesAlone(before);
        assertThrows(
                DestinationException.Lost.class,
                () -> DestinationFolder.rebuild(backups.root, Backups.CLOCK, backups.said::add));
        assertThrows(DestinationException.Lost.class, () -> Repair.open(backups.root, Backups.CLOCK, backups.said::add)
                .close());
        assertEquals(before, victims());

        Files.delete(link);
        if (!before.toString()
                .contains(HexFormat.of().formatHex("Dear Ada".getBytes(java.nio.charset.StandardCharsets.UTF_8)))) {
            Files.move(outside.resolve("victim"), link);
        }
        backups.run(photo("DCIM/100APPLE/IMG_0002.HEIC", "two"));
        assertEquals(Map.of("2024/05/IMG_0001.HEIC", "one", "2024/05/IMG_0002.HEIC", "two"), backups.photos());
    }

    private void assertLookingLeavesAlone(Map<String, String> before) throws IOException {
        try (Destination view = Destination.view(backups.root, OpenMode.REQUIRE_EXISTING)) {
            view.status();
        } catch (DestinationException refused) {
            assertTrue(refused.getMessage().contains("symbolic link"), refused.getMessage());
        }
        assertEquals(before, victims());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".shoebox/id",
                ".shoebox/lock",
                ".shoebox/lock.json",
                ".shoebox/journal.ndjson",
                ".shoebox/troubled.ndjson",
                ".shoebox/catalogue.sqlite",
                ".shoebox/catalogue.sqlite-journal",
                ".shoebox/catalogue.sqlite-wal",
                ".shoebox/catalogue.sqlite-shm",
                "SHA256SUMS"
            })
    void aLinkInPlaceOfARecordIsRefusedAndItsTargetIsUnchanged(String path) throws Exception {
        assertRefused(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {".shoebox", ".shoebox/staging", ".shoebox/set-aside"})
    void aLinkInPlaceOfARecordsFolderIsRefusedAndItsTargetIsUnchanged(String path) throws Exception {
        assertRefused(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024", "2024/05"})
    void aLinkInPlaceOfADateFolderEndsTheRunWithAdvice(String path) throws Exception {
        plant(path);
        Map<String, String> before = victims();

        var told = assertThrows(
                DestinationException.Lost.class, () -> backups.run(photo("DCIM/100APPLE/IMG_0002.HEIC", "two")));

        assertTrue(told.getMessage().contains(path + " is a symbolic link"), told.getMessage());
        assertEquals(before, victims());
    }

    @Test
    void aLinkInPlaceOfAPhotoCountsAsAMissingPhotoAndStays() throws Exception {
        Path link = plant("2024/05/IMG_0001.HEIC");
        Map<String, String> before = victims();

        backups.catchUp(photo("DCIM/100APPLE/IMG_0001.HEIC", "one"));

        assertEquals(1, backups.told.size());
        assertTrue(Files.isSymbolicLink(link));
        assertEquals(before, victims());
    }

    @Test
    void linksInPlaceOfPartialFilesStayAndAreNotFollowed() throws Exception {
        plant(".shoebox/staging/20261119T080000Z-1.part");
        Files.createSymbolicLink(
                backups.root.resolve(".shoebox/staging/20261119T080000Z-1.resume"), outside.resolve("victim"));
        Files.createSymbolicLink(backups.root.resolve(".shoebox/staging/probe-a"), outside.resolve("victim"));
        Map<String, String> before = victims();

        backups.run(photo("DCIM/100APPLE/IMG_0002.HEIC", "two"));

        assertEquals(Set.of("20261119T080000Z-1.part", "20261119T080000Z-1.resume"), Set.copyOf(backups.staged()));
        assertEquals(before, victims());
    }

    @Test
    void noCallOnTheDiskFollowsALink() throws Exception {
        plant("2024/05/link.HEIC");
        String path = "2024/05/link.HEIC";
        Map<String, String> before = victims();
        var disk = new PathDisk(backups.root);

        assertThrows(SymbolicLinkException.class, () -> disk.read(path).close());
        assertThrows(SymbolicLinkException.class, () -> disk.readPastCache(path, ByteBuffer::clear));
        assertThrows(SymbolicLinkException.class, () -> disk.create(path).close());
        assertThrows(SymbolicLinkException.class, () -> disk.append(path).close());
        assertThrows(SymbolicLinkException.class, () -> disk.force(path));
        assertThrows(SymbolicLinkException.class, () -> disk.forceFolder(path));
        assertThrows(IOException.class, () -> disk.makeFolder(path));
        assertFalse(disk.hasFile(path));
        try {
            disk.stamp(path, Instant.EPOCH);
        } catch (IOException refused) {
            // Some systems set the time of the link itself, others refuse.
        }
        assertEquals(before, victims());
        disk.delete(path);
        assertEquals(before, victims());
    }
}
