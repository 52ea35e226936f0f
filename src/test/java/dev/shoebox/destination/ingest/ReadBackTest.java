package dev.shoebox.destination.ingest;

import dev.shoebox.backup.Backup;
import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.backup.transfer.RetryPolicy;
import dev.shoebox.destination.Backups;
import dev.shoebox.destination.DelegatingDisk;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.DestinationFolder;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.PathDisk;
import dev.shoebox.folder.FolderSource;
import dev.shoebox.photos.source.MediaSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import static dev.shoebox.destination.Backups.part;
import static dev.shoebox.destination.Backups.photo;
import static dev.shoebox.destination.Backups.shot;
import static dev.shoebox.photos.Role.PAIRED_VIDEO;
import static dev.shoebox.photos.Role.PHOTO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Files that the disk does not return as they were written. */
class ReadBackTest {
    @TempDir
    Path folder;

    private Backups backups;

    /** Whether this read of this path returns wrong bytes. */
    private final List<Predicate<String>> spoilt = new ArrayList<>();

    private final Set<String> read = ConcurrentHashMap.newKeySet();

    @BeforeEach
    void begin() {
        backups = new Backups(folder.resolve("backup"));
        backups.disks = this::reading;
    }

    /** Replaces capabilities that the disk of this machine lacks; the result counts. */
    private Disk reading(Path root) {
        return new DelegatingDisk(new PathDisk(root)) {
            @Override
            public boolean readPastCache(String path, Consumer<ByteBuffer> taker) throws IOException {
                read.add(path);
                boolean wrong = spoilt.stream().anyMatch(each -> each.test(path));
                byte[] content = Files.readAllBytes(root.resolve(path));
                if (wrong) {
                    content[0] ^= 1;
                }
                taker.accept(ByteBuffer.wrap(content));
                return true;
            }
        };
    }

    private void store(ReadBack.Extent extent, Backups.Shot... shots) throws DestinationException {
        try (Destination destination = backups.open();
                Ingest ingest = destination.ingest(backups.source, backups.layout, extent, backups.listener())) {
            for (Backups.Shot shot : shots) {
                ingest.store(backups.arrival(ingest, shot));
            }
            ingest.flush();
        }
    }

    private static Predicate<String> times(int times, String path) {
        int[] left = {times};
        return each -> each.equals(path) && left[0]-- > 0;
    }

    private static Backups.Shot[] many(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> photo("DCIM/100APPLE/IMG_" + i + ".JPG", "content " + i))
                .toArray(Backups.Shot[]::new);
    }

    @Test
    void everyFileIsReadBackWhereItIsAskedForAndOneInTwentyElsewhere() throws Exception {
        store(ReadBack.Extent.EVERY_FILE, many(40));
        assertTrue(read.containsAll(backups.photos().keySet()), read.toString());

        read.clear();
        backups = new Backups(folder.resolve("other"));
        backups.disks = this::reading;
        store(ReadBack.Extent.AS_THE_DISK_NEEDS, many(400));
        long count = read.stream().filter(path -> path.startsWith("2024")).count();
        assertTrue(count >= 5 && count <= 45, count + " of 400");
    }

    @Test
    void aMomentaryMismatchIsIgnored() throws Exception {
        spoilt.add(times(1, "2024/05/IMG_1.JPG"));

        store(ReadBack.Extent.EVERY_FILE, many(3));

        assertEquals(
                3,
                backups.told.stream().filter(told -> told.startsWith("copied")).count());
    }

    @Test
    void aFileThatDoesNotReadBackIsNeitherListedNorStoredAndItsNameIsFree() throws Exception {
        spoilt.add(times(2, "2024/05/IMG_0001.MOV"));
        var live = shot(
                part("DCIM/100APPLE/IMG_0001.HEIC", PHOTO, "still"),
                part("DCIM/100APPLE/IMG_0001.MOV", PAIRED_VIDEO, "moving"));
        try (Destination destination = backups.open();
                Ingest ingest = destination.ingest(
                        backups.source, backups.layout, ReadBack.Extent.EVERY_FILE, backups.listener())) {
            ingest.store(backups.arrival(ingest, live));
            ingest.flush();
            assertEquals(Set.of("2024/05/IMG_0001.HEIC"), backups.photos().keySet());
            assertEquals(
                    List.of(
                            "copied DCIM/100APPLE/IMG_0001.HEIC -> 2024/05/IMG_0001.HEIC",
                            "unproven DCIM/100APPLE/IMG_0001.MOV -> 2024/05/IMG_0001.MOV"),
                    backups.told);

            ingest.store(backups.arrival(ingest, live.only(1)));
            ingest.flush();
        }
        assertEquals(
                new TreeSet<>(Set.of("2024/05/IMG_0001.HEIC", "2024/05/IMG_0001.MOV")),
                backups.photos().keySet());
        assertEquals("", backups.sha256sum());
        assertEquals(List.of(), backups.staged());
        assertEquals(2, backups.catalogued().size());

        // The journal has both attempts; a catalogue rebuilt from it has the existing files.
        List<String> catalogued = backups.catalogued();
        DestinationFolder.rebuild(backups.root, Backups.CLOCK, backups.said::add);
        assertEquals(catalogued, backups.catalogued());
    }

    @Test
    void aFileThatTheDiskSpoiltIsReadFromItsSourceAgain() throws Exception {
        Path camera = Files.createDirectories(folder.resolve("camera"));
        for (String name : List.of("IMG_0001.JPG", "IMG_0002.JPG", "IMG_0003.JPG")) {
            Files.writeString(camera.resolve(name), "content of " + name);
            Files.setLastModifiedTime(camera.resolve(name), FileTime.from(Backups.MODIFIED));
        }
        spoilt.add(times(2, "undated/IMG_0002.JPG"));
        spoilt.add(times(2, "2024/05/IMG_0002.JPG"));
        var options = new Backup.Options(
                backups.layout,
                ZoneId.of("UTC"),
                RetryPolicy.waiting(Duration.ZERO),
                OptionalLong.empty(),
                Backup.Verify.DISK);
        var warnings = new ArrayList<String>();

        try (Destination destination = backups.open();
                MediaSource source = FolderSource.open(camera)) {
            var report = new Backup(source, destination, options, Backups.CLOCK, event -> {
                        if (event instanceof BackupEvent.Warning warning) {
                            warnings.add(warning.message());
                        }
                    })
                    .run();

            assertEquals(3, report.counts().copied());
            assertEquals(List.of(), report.did().failures());
            assertEquals(1, report.did().healed().size());
        }
        assertTrue(warnings.toString().contains("IMG_0002.JPG"), warnings.toString());
        assertEquals(3, backups.photos().size());
        assertEquals("", backups.sha256sum());
    }

    @Test
    void aDuplicateOfAFileThatDidNotReadBackIsNotCountedAsStored() throws Exception {
        spoilt.add(times(2, "2024/05/IMG_0001.JPG"));

        store(
                ReadBack.Extent.EVERY_FILE,
                photo("DCIM/100APPLE/IMG_0001.JPG", "same"),
                photo("DCIM/101APPLE/IMG_0009.JPG", "same"));

        assertEquals(
                List.of(
                        "unproven DCIM/100APPLE/IMG_0001.JPG -> 2024/05/IMG_0001.JPG",
                        "unproven DCIM/101APPLE/IMG_0009.JPG -> 2024/05/IMG_0001.JPG"),
                backups.told);
        assertEquals(List.of(), backups.catalogued());
        assertEquals(Set.of(), backups.photos().keySet());
    }

    @Test
    void oneMismatchMakesEveryFileOfTheRunSuspect() throws Exception {
        spoilt.add(path -> path.startsWith("2024") && read.size() < 4);

        store(ReadBack.Extent.AS_THE_DISK_NEEDS, many(400));

        long count = read.stream().filter(path -> path.startsWith("2024")).count();
        assertTrue(count > 200, count + " of 400");
    }

    @Test
    void aDiskThatKeepsLyingEndsTheRun() throws Exception {
        spoilt.add(path -> path.startsWith("2024"));

        var lost = assertThrows(DestinationException.Lost.class, () -> store(ReadBack.Extent.EVERY_FILE, many(20)));

        assertTrue(lost.getMessage().contains("use another disk"), lost.getMessage());
        assertFalse(backups.told.stream().anyMatch(told -> told.startsWith("copied")), backups.told.toString());
        assertEquals(Set.of(), backups.photos().keySet());
        spoilt.clear();
        backups.run();
        assertEquals("", backups.manifest().isEmpty() ? "" : backups.sha256sum());
        assertEquals(List.of(), backups.staged());
    }
}
