package dev.shoebox.destination;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.PathDisk;
import dev.shoebox.destination.opening.UncheckedDrive;
import dev.shoebox.destination.records.Catalogue;
import dev.shoebox.destination.records.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Set;

import static dev.shoebox.destination.Backups.photo;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A power cut on a file system without a journal, whose files may share blocks until it is checked. */
class UncheckedDriveTest {
    @TempDir
    Path root;

    private Backups backups;
    private Path note;

    @BeforeEach
    void oneRunThatWasCutOff() throws IOException {
        backups = new Backups(root);
        backups.disks = UncheckedDriveTest::withoutLog;
        backups.run(photo("DCIM/1.JPG", "before the cut"));
        note = root.resolve(UncheckedDrive.NOTE);
        assertFalse(Files.exists(note));
        cut();
    }

    private static Disk withoutLog(Path root) {
        return new DelegatingDisk(new PathDisk(root)) {
            @Override
            public boolean keepsNoLog() {
                return true;
            }
        };
    }

    private void cut() throws IOException {
        Path record = root.resolve(".shoebox/lock.json");
        Destination killed = backups.open();
        String left = Files.readString(record).replaceFirst("\"pid\":\\d+", "\"pid\":999999999");
        killed.close();
        Files.writeString(record, left);
    }

    @Test
    void aFileThatAnotherOverwroteAfterItWasReadBackIsNotSafe() throws IOException {
        try (Destination next = backups.open()) {
            backups.store(next, photo("DCIM/2.JPG", "shares its blocks"));
            assertDoesNotThrow(next.proofs()::requireOrder);
            backups.store(next, photo("DCIM/3.JPG", "owns its blocks"));
            String shared = stored("DCIM/2.JPG");
            Files.writeString(root.resolve(shared), "SHA256SUMS was he");

            assertThrows(DestinationException.Disordered.class, next.proofs()::requireOrder);
            assertEquals(Set.of(shared), next.damaged());
        }
    }

    @Test
    void aManifestThatAPhotoOverwroteIsReported() throws IOException {
        try (Destination next = backups.open()) {
            backups.store(next, photo("DCIM/2.JPG", "two"));
            byte[] listed = Files.readAllBytes(root.resolve(Manifest.FILE));
            Arrays.fill(listed, listed.length / 2, listed.length, (byte) 0xD8);
            Files.write(root.resolve(Manifest.FILE), listed);

            assertThrows(DestinationException.Disordered.class, next.proofs()::requireOrder);
            assertEquals(Set.of(), next.damaged());
        }
    }

    @Test
    void theDoubtOutlastsTheRunAfterTheCut() throws IOException {
        backups.run(photo("DCIM/2.JPG", "recovered"));
        assertTrue(Files.exists(note));
        String earlier = Files.readString(note);
        cut();
        try (Destination later = backups.open()) {
            assertEquals(earlier, Files.readString(note));
            backups.store(later, photo("DCIM/3.JPG", "three"));
            Files.writeString(root.resolve(stored("DCIM/2.JPG")), "written by 3");
            assertThrows(DestinationException.Disordered.class, later.proofs()::requireOrder);
        }
    }

    @Test
    void aCatalogueMadeAgainPutsEverythingInDoubt() throws IOException {
        backups.run(photo("DCIM/2.JPG", "two"));
        Files.delete(root.resolve(Catalogue.FILE));
        Files.writeString(root.resolve(stored("DCIM/1.JPG")), "after the cut.");
        try (Destination again = backups.open()) {
            assertThrows(DestinationException.Disordered.class, again.proofs()::requireOrder);
        }
    }

    @Test
    void recordsThatAreGoneAreNotMadeAgainWithoutSayingToCheckTheDrive() throws IOException {
        Files.move(root.resolve(".shoebox"), root.resolveSibling(root.getFileName() + "-lost"));
        DestinationException lost = assertThrows(DestinationException.NotAShoebox.class, backups::open);
        assertTrue(lost.getMessage().contains("chkdsk"));
    }

    @Test
    void aCatalogueWithOnlyItsFirstPageIsRebuilt() throws Exception {
        try (Connection catalogue = DriverManager.getConnection("jdbc:sqlite:" + root.resolve(Catalogue.FILE));
                Statement statement = catalogue.createStatement()) {
            statement.execute("DROP TABLE files");
        }
        backups.run(photo("DCIM/2.JPG", "two"));
        assertEquals(2, backups.catalogued().size());
    }

    @Test
    void whoDeletesTheNoteHasCheckedTheDrive() throws IOException {
        backups.run(photo("DCIM/2.JPG", "two"));
        Files.delete(note);
        try (Destination next = backups.open()) {
            Files.writeString(root.resolve(stored("DCIM/2.JPG")), "one");
            assertDoesNotThrow(next.proofs()::requireOrder);
            assertFalse(Files.exists(note));
        }
    }

    @Test
    void aFileSystemThatKeepsALogIsNotInDoubt() throws IOException {
        backups.disks = PathDisk::new;
        backups.run(photo("DCIM/2.JPG", "two"));
        assertFalse(Files.exists(note));
    }

    private String stored(String path) throws DestinationException {
        String arrow = path + " -> ";
        return backups.catalogued().stream()
                .filter(line -> line.startsWith(arrow))
                .findFirst()
                .orElseThrow()
                .substring(arrow.length());
    }
}
