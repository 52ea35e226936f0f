package dev.shoebox.destination;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.PathDisk;
import dev.shoebox.destination.ingest.Arrival;
import dev.shoebox.destination.ingest.Ingest;
import dev.shoebox.destination.ingest.IngestListener;
import dev.shoebox.destination.ingest.Staged;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.metadata.field.MediaFacts;
import dev.shoebox.photos.source.ReadOnlyChannel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import static dev.shoebox.destination.Backups.part;
import static dev.shoebox.destination.Backups.photo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Files during their transfer. */
class StagingTest {
    private static final String FOLDER = "2024/05/";

    @TempDir
    Path folder;

    private Backups backups;

    @BeforeEach
    void begin() {
        backups = new Backups(folder.resolve("backup"));
    }

    @Test
    void stagedButUnstoredFilesAreDiscarded() throws Exception {
        try (Destination destination = backups.open();
                Ingest ingest = destination.ingest(backups.source, backups.layout, backups.listener())) {
            ingest.store(backups.arrival(ingest, photo("DCIM/100APPLE/IMG_0001.HEIC", "kept")));
            ingest.flush();
            backups.arrival(ingest, photo("DCIM/100APPLE/IMG_0002.HEIC", "never stored"));
            Staged closed = ingest.stage(part("DCIM/100APPLE/IMG_0003.HEIC", Role.PHOTO, "")
                    .resource()
                    .file());
            closed.close();
        }

        assertEquals(Set.of(FOLDER + "IMG_0001.HEIC"), backups.photos().keySet());
        try (var entries = Files.list(backups.root.resolve(Identity.STAGING))) {
            assertFalse(entries.findAny().isPresent());
        }
    }

    @Test
    void theSystemForgetsStoredFilesExceptSmallOnes() throws Exception {
        List<String> forgotten = Collections.synchronizedList(new ArrayList<>());
        backups.disks = root -> new DelegatingDisk(new PathDisk(root)) {
            @Override
            public void forget(String path) throws IOException {
                super.forget(path);
                forgotten.add(path);
            }
        };
        backups.run(photo("DCIM/100APPLE/IMG_0001.HEIC", "small"));
        assertEquals(List.of(), forgotten);
        backups.run(photo("DCIM/100APPLE/IMG_0002.HEIC", "large".repeat(20_000)));
        assertEquals(1, forgotten.size());
        assertEquals("large".repeat(20_000), backups.photos().get(FOLDER + "IMG_0002.HEIC"));
    }

    @Test
    void aPhotoIsForcedUnderItsNameOnlyWhereThatMayTakeItsBytesAlong() throws Exception {
        for (boolean keeps : new boolean[] {true, false}) {
            List<String> forced = Collections.synchronizedList(new ArrayList<>());
            Backups each = new Backups(folder.resolve("keeps " + keeps));
            each.disks = root -> new DelegatingDisk(new PathDisk(root)) {
                @Override
                public boolean keepsForcedBytes() {
                    return keeps;
                }

                @Override
                public void force(String path) throws IOException {
                    forced.add(path);
                    super.force(path);
                }
            };
            each.run(photo("DCIM/100APPLE/IMG_0001.HEIC", "one"), photo("DCIM/100APPLE/IMG_0002.HEIC", "two"));

            Set<String> photos = each.photos().keySet();
            assertEquals(
                    keeps ? Set.of() : photos,
                    forced.stream().filter(photos::contains).collect(Collectors.toSet()));
        }
    }

    @Test
    void aFileInPlaceOfAPartialFileIsNotDiscarded() throws Exception {
        Path theirs;
        try (Destination destination = backups.open();
                Ingest ingest = destination.ingest(backups.source, backups.layout, backups.listener())) {
            Staged staged = ingest.stage(part("DCIM/100APPLE/IMG_0001.HEIC", Role.PHOTO, "")
                    .resource()
                    .file());
            try (var entries = Files.list(backups.root.resolve(Identity.STAGING))) {
                theirs = entries.findAny().orElseThrow();
            }
            // The number of a file that still has a name is not reused.
            Files.move(theirs, folder.resolve("ours"));
            Files.writeString(theirs, "theirs");
            staged.close();
            assertEquals("theirs", Files.readString(theirs));
        }
    }

    @Test
    void hundredsOfPartialFilesMayWaitForTheRestOfTheirAssets() throws Exception {
        int count = 400;
        long before = openHandles();
        try (Destination destination = backups.open();
                Ingest ingest = destination.ingest(backups.source, backups.layout, backups.listener())) {
            var arrivals = new java.util.ArrayList<Arrival>();
            for (int i = 0; i < count; i++) {
                arrivals.add(backups.arrival(ingest, photo("DCIM/100APPLE/IMG_" + i + ".HEIC", "content " + i)));
                if (i % 50 == 0) {
                    assertTrue(openHandles() - before < 200);
                }
            }
            for (Arrival arrival : arrivals) {
                ingest.store(arrival);
            }
            ingest.flush();
        }
        assertEquals(count, backups.photos().size());
        assertEquals("", backups.sha256sum());
    }

    /** Other tests of this process may hold handles, too, so only the difference counts. */
    private static long openHandles() throws IOException {
        try (var handles = Files.list(Path.of("/proc/self/fd"))) {
            return handles.count();
        }
    }

    @Test
    void aStagedFileThatCannotBeReadIsNotAPhotoWithoutDate() throws Exception {
        boolean[] fails = {false};
        backups.disks = root -> new DelegatingDisk(new PathDisk(root)) {
            @Override
            public SeekableByteChannel read(String path) throws IOException {
                SeekableByteChannel channel = super.read(path);
                if (fails[0] && path.endsWith(".part")) {
                    // Like a bad sector: the file opens, and cannot be read.
                    return new Unreadable(channel);
                }
                return channel;
            }
        };
        try (Destination destination = backups.open();
                Ingest ingest = destination.ingest(backups.source, backups.layout, backups.listener())) {
            // A RAW photo points to data far behind its beginning.
            String raw = "II*\0@\0\u0001\0" + "x".repeat(70_000);
            Arrival arrival = backups.arrival(ingest, photo("DCIM/100APPLE/IMG_0001.DNG", raw));
            Staged staged = arrival.files().get(0).staged();
            assertEquals(MediaFacts.NONE, staged.facts());
            fails[0] = true;

            var told = assertThrows(DestinationException.Lost.class, staged::facts);

            assertTrue(told.getMessage().contains("Input/output error"), told.getMessage());
        }
    }

    private static final class Unreadable extends ReadOnlyChannel {
        private final SeekableByteChannel channel;

        Unreadable(SeekableByteChannel channel) throws IOException {
            super(channel.size());
            this.channel = channel;
        }

        @Override
        protected int read(long from, ByteBuffer into) throws IOException {
            throw new IOException("Input/output error");
        }

        @Override
        public void close() throws IOException {
            super.close();
            channel.close();
        }
    }

    @Test
    void aDateThatADiskCannotHoldIsNoHarmAndADiskThatFailsOverItIs() throws Exception {
        IOException[] failure = {new IOException("Invalid argument")};
        backups.disks = root -> new DelegatingDisk(new PathDisk(root)) {
            @Override
            public void stamp(String path, Instant modified) throws IOException {
                throw failure[0];
            }
        };
        backups.run(photo("DCIM/100APPLE/IMG_0001.HEIC", "one"));
        assertEquals(Set.of(FOLDER + "IMG_0001.HEIC"), backups.photos().keySet());

        failure[0] = new DestinationException.Lost("The disk failed while a time was set.");
        var told = assertThrows(
                DestinationException.Lost.class, () -> backups.run(photo("DCIM/100APPLE/IMG_0002.HEIC", "two")));

        assertEquals("The disk failed while a time was set.", told.getMessage());
        assertEquals(Set.of(FOLDER + "IMG_0001.HEIC"), backups.photos().keySet());
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void anErrorInTheBackgroundEndsTheRunAndBlocksNobody() throws Exception {
        IngestListener outOfMemory = new IngestListener() {
            @Override
            public void copied(Resource resource, String path) {
                throw new OutOfMemoryError("as far as this test is concerned");
            }

            @Override
            public void duplicate(Resource resource, String path) {}

            @Override
            public void unproven(Resource resource, String path) {}
        };
        try (Destination destination = backups.open();
                Ingest ingest = destination.ingest(backups.source, backups.layout, outOfMemory)) {
            ingest.store(backups.arrival(ingest, photo("DCIM/100APPLE/IMG_0001.HEIC", "stored")));
            assertThrows(IllegalStateException.class, ingest::flush);
        }
        assertEquals(Set.of(FOLDER + "IMG_0001.HEIC"), backups.photos().keySet());
    }
}
