package dev.shoebox.destination;

import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.PathDisk;
import dev.shoebox.destination.lock.Computer;
import dev.shoebox.destination.lock.LockRecord;
import dev.shoebox.destination.records.Catalogue;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.history.RunEnding;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import static dev.shoebox.destination.Backups.photo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A photo that was deleted from the backup and stored again, on a disk without hard links, as exFAT. */
class StoredAgainTest {
    private static final String PLACE = "2024/05/IMG_0001.HEIC";
    private static final Backups.Shot SHOT = photo("DCIM/100APPLE/IMG_0001.HEIC", "photo 1");

    /** The user's, of the same size. */
    private static final String EDITED = "PHOTO 1";

    @TempDir
    Path folder;

    private Backups backups;
    private Path place;

    /** Whether the photo was read from the disk. */
    private boolean isRead;

    private boolean isUnreadable;

    @BeforeEach
    void deleteOne() throws IOException {
        backups = new Backups(folder.toRealPath().resolve("backup"));
        backups.disks = root -> new OneNameDisk(new PathDisk(root));
        backups.run(SHOT);
        place = backups.root.resolve(PLACE);
        Files.delete(place);
    }

    private final class OneNameDisk extends DelegatingDisk {
        OneNameDisk(Disk disk) {
            super(disk);
        }

        @Override
        public void link(String existing, String fresh) throws IOException {
            throw new FileSystemException(fresh, existing, "Operation not permitted");
        }

        private void reads(String path) throws IOException {
            if (path.equals(PLACE)) {
                isRead = true;
                if (isUnreadable) {
                    throw new IOException("Input/output error");
                }
            }
        }

        @Override
        public SeekableByteChannel read(String path) throws IOException {
            reads(path);
            return super.read(path);
        }

        @Override
        public boolean readPastCache(String path, Consumer<ByteBuffer> taker) throws IOException {
            reads(path);
            return super.readPastCache(path, taker);
        }
    }

    private void assertStays(Instant modified) throws IOException {
        assertEquals(EDITED, Files.readString(place));
        assertEquals(modified, Files.getLastModifiedTime(place).toInstant());
        Path aside = backups.root.resolve(Identity.SET_ASIDE);
        try (var files = Files.list(aside)) {
            assertEquals(List.of(), files.toList());
        }
    }

    /** The edit is the user's own, and the run that stored the photo ended long ago. */
    @ParameterizedTest
    @EnumSource(
            value = RunEnding.class,
            names = {"DONE", "INCOMPLETE", "AFTER_HOOK_FAILED"})
    void itIsNotJudgedAfterItsRunEndedIfTheCatalogueIsLost(RunEnding how) throws IOException {
        backups.catchUp(SHOT);
        try (Destination destination = backups.open()) {
            Instant ended = Backups.CLOCK.instant();
            destination.runs().record(RecordedRun.of(Backups.PHONE, ended, ended, how), ZoneId.of("UTC"));
        }
        Files.writeString(place, EDITED);
        Instant edited = Instant.parse("2026-11-21T08:00:00Z");
        Files.setLastModifiedTime(place, FileTime.from(edited));
        Files.delete(backups.root.resolve(Catalogue.FILE));
        isRead = false;

        backups.open().close();

        assertStays(edited);
        assertFalse(isRead, "a rebuild would read every photo that was ever stored again");
    }

    /** What a run leaves that is killed before it catalogues what it stored. */
    private void storeAgainAndBeKilled() throws IOException {
        Path catalogue = backups.root.resolve(Catalogue.FILE);
        byte[] before = Files.readAllBytes(catalogue);
        backups.catchUp(SHOT);
        Files.write(catalogue, before);
        var killed = new LockRecord(
                Computer.here(),
                Long.MAX_VALUE,
                Optional.empty(),
                Optional.empty(),
                "killed",
                Optional.of("000000000001"));
        Files.writeString(backups.root.resolve(".shoebox/lock.json"), killed.line());
    }

    private Set<String> damaged() throws IOException {
        try (Destination destination = backups.open()) {
            return destination.damaged();
        }
    }

    /** This computer was not restarted since, so no power cut explains the bytes: they may be the user's. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void itCountsAsDamagedIfItIsNotWhatAKilledRunStored(boolean rebuilt) throws IOException {
        try (Destination destination = backups.open()) {
            destination.proofs().recordFound(List.of(PLACE), List.of());
        }
        storeAgainAndBeKilled();
        Files.writeString(place, EDITED);
        Instant edited = Instant.parse("2026-11-21T08:00:00Z");
        Files.setLastModifiedTime(place, FileTime.from(edited));

        assertEquals(Set.of(PLACE), damaged());

        if (rebuilt) {
            Files.delete(backups.root.resolve(Catalogue.FILE));
            assertEquals(Set.of(PLACE), damaged());
        }
        assertStays(edited);
        try (Destination destination = backups.open()) {
            assertEquals(Set.of(), destination.verified());
        }
    }

    @Test
    void itCountsAsDamagedIfItCannotBeRead() throws IOException {
        storeAgainAndBeKilled();
        isUnreadable = true;

        assertEquals(Set.of(PLACE), damaged());

        assertTrue(backups.said.stream().anyMatch(line -> line.contains(PLACE)), backups.said.toString());
        assertEquals("photo 1", Files.readString(place));
    }
}
