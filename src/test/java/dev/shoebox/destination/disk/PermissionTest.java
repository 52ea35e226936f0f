package dev.shoebox.destination.disk;

import dev.shoebox.destination.Backups;
import dev.shoebox.destination.DelegatingDisk;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.Found;
import dev.shoebox.destination.Repair;
import dev.shoebox.destination.proof.Finding.Denied;
import dev.shoebox.destination.proof.Verification;
import dev.shoebox.destination.records.Journal;
import dev.shoebox.destination.records.StoredFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import static dev.shoebox.destination.Backups.photo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** An unreadable file is not damaged, and nothing is recorded about it. */
class PermissionTest {
    private static final String FIRST = "2024/05/1.JPG";

    @TempDir
    Path folder;

    private Backups backups;
    private final Set<String> closed = new HashSet<>();

    /** A disk on which some files belong to another user, as after one run of root. */
    private final class Closed extends DelegatingDisk {
        Closed(Path root) {
            super(new PathDisk(root));
        }

        private void check(String path) throws IOException {
            if (closed.contains(path)) {
                throw new AccessDeniedException(backups.root.resolve(path).toString());
            }
        }

        @Override
        public SeekableByteChannel read(String path) throws IOException {
            check(path);
            return super.read(path);
        }

        @Override
        public boolean readPastCache(String path, Consumer<ByteBuffer> taker) throws IOException {
            check(path);
            return super.readPastCache(path, taker);
        }

        @Override
        public Optional<String> denied(String path) {
            return closed.contains(path) ? Optional.of(Permission.words(backups.root.resolve(path))) : Optional.empty();
        }
    }

    @BeforeEach
    void begin() throws IOException {
        backups = new Backups(folder.resolve("backup"));
        backups.run(photo("DCIM/1.JPG", "one"), photo("DCIM/2.JPG", "two"));
        backups.disks = Closed::new;
        closed.add(FIRST);
    }

    private String journal() throws IOException {
        return Files.readString(backups.root.resolve(Journal.FILE));
    }

    @Test
    void verifyingFindsItAndRecordsNothing() throws IOException {
        var found = new Found();
        try (Destination destination = backups.open()) {
            Verification.Result result = destination.proofs().verify(Verification.Sample.EVERYTHING, found);
            assertEquals(0, result.damaged());
            assertEquals(1, result.denied());
            assertEquals(Set.of("2024/05/2.JPG"), destination.verified());
            assertEquals(Set.of(), destination.damaged());
        }
        assertEquals(1, found.findings().size());
        Denied denied = (Denied) found.findings().get(0);
        assertEquals(FIRST, denied.path());
        assertTrue(denied.reason().contains("ch"), denied.reason());
        assertFalse(journal().contains("\"damaged\""), journal());
    }

    @Test
    void repairLeavesItAlone() throws IOException {
        try (Repair repair = Repair.open(backups.root, Backups.CLOCK, Closed::new, backups.said::add)) {
            assertEquals(List.of(), repair.examine(new Found()));
            assertEquals(Map.of(), repair.reconcile());
        }
        assertEquals("one", Files.readString(backups.root.resolve(FIRST)));
    }

    @Test
    void aDuplicateOfItIsStoredAndItIsNotCalledDamaged() throws IOException {
        backups.run(photo("DCIM/101APPLE/9.JPG", "one"));
        try (Destination destination = backups.open()) {
            assertEquals(Set.of(), destination.damaged());
        }
        assertFalse(journal().contains("\"damaged\""), journal());
        assertEquals("one", Files.readString(backups.root.resolve("2024/05/9.JPG")));
    }

    @Test
    void theReasonForAnUnreadableFileIsReported() throws IOException {
        try (Destination destination = backups.open();
                var rows = destination.stored(Backups.PHONE)) {
            List<StoredFile> denied = rows.filter(
                            row -> destination.memory().denied(row).isPresent())
                    .toList();
            assertEquals(List.of(FIRST), denied.stream().map(StoredFile::path).toList());
        }
    }

    @Test
    void ofEachRunItIsKnownAtOnceWhetherItsFilesMayBeRead() throws IOException {
        backups.run(photo("DCIM/3.JPG", "three"), photo("DCIM/4.JPG", "four"), photo("DCIM/5.JPG", "five"));
        backups.run(photo("DCIM/6.JPG", "six"));
        closed.addAll(Set.of("2024/05/3.JPG", "2024/05/4.JPG", "2024/05/5.JPG"));
        try (Destination destination = backups.open()) {
            assertEquals(
                    Set.of(FIRST, "2024/05/3.JPG", "2024/05/5.JPG"),
                    destination.memory().denied(Duration.ZERO).files().keySet());
            assertFalse(destination.memory().denied(Duration.ZERO).isWhole());
            assertEquals(closed, destination.memory().denied().keySet());
            assertTrue(destination.memory().denied(Duration.ofHours(1)).isWhole());
        }
    }
}
