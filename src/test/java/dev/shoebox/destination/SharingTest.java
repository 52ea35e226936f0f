package dev.shoebox.destination;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.PathDisk;
import dev.shoebox.destination.opening.DestinationOpener;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.destination.records.Catalogue;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.destination.records.Journal;
import dev.shoebox.destination.records.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import static dev.shoebox.destination.Backups.photo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Who may read what is stored. */
class SharingTest {
    @TempDir
    Path folder;

    private Backups backups;

    @BeforeEach
    void begin() {
        backups = new Backups(folder.resolve("backup"));
    }

    private void run(boolean shared, Backups.Shot... shots) throws DestinationException {
        backups.said.clear();
        try (Destination destination =
                Destination.open(backups.root, OpenMode.CREATE_IF_EMPTY, shared, Backups.CLOCK, backups.said::add)) {
            backups.store(destination, shots);
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private void assertModes(String folders, String files) throws IOException {
        try (var paths = Files.walk(backups.root)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                // Any user who can open the lock could hold it.
                String expected =
                        path.endsWith(".shoebox/lock") ? "rw-------" : Files.isDirectory(path) ? folders : files;
                assertEquals(expected, mode(path), path.toString());
            }
        }
    }

    @Test
    void nobodyElseMayReadTheFiles() throws Exception {
        run(false, photo("DCIM/100APPLE/IMG_0001.HEIC", "private"));

        assertModes("rwx------", "rw-------");
    }

    @Test
    void everybodyMayReadASharedBackupAndLaterRunsKeepItSo() throws Exception {
        run(true, photo("DCIM/100APPLE/IMG_0001.HEIC", "first"));
        assertModes("rwxr-xr-x", "rw-r--r--");

        run(false, photo("DCIM/100APPLE/IMG_0002.HEIC", "second").taken("2025-01-02T03:04:05"));
        assertModes("rwxr-xr-x", "rw-r--r--");
        assertEquals(List.of(), backups.said);

        DestinationFolder.rebuild(backups.root, Backups.CLOCK, backups.said::add);
        assertModes("rwxr-xr-x", "rw-r--r--");
    }

    @Test
    void aSharedBackupThatLostItsIdentityStaysShared() throws Exception {
        run(true, photo("DCIM/100APPLE/IMG_0001.HEIC", "first"));
        Path id = backups.root.resolve(Identity.FILE);
        Files.delete(id);
        run(false, photo("DCIM/100APPLE/IMG_0002.HEIC", "second").taken("2025-01-02T03:04:05"));
        assertModes("rwxr-xr-x", "rw-r--r--");
        assertTrue(Files.readString(id).contains("\"shared\":true"), Files.readString(id));

        for (String record : List.of(Identity.FILE, Journal.FILE, Catalogue.FILE)) {
            Files.delete(backups.root.resolve(record));
        }
        DestinationFolder.rebuild(backups.root, Backups.CLOCK, backups.said::add);
        assertModes("rwxr-xr-x", "rw-r--r--");
    }

    @Test
    void aListThatOthersCanReadDoesNotShareANewBackup() throws Exception {
        Files.createDirectories(backups.root);
        Files.writeString(backups.root.resolve(Manifest.FILE), "");
        Files.setPosixFilePermissions(
                backups.root.resolve(Manifest.FILE), PosixFilePermissions.fromString("rw-r--r--"));
        backups.opening = OpenMode.INITIALISE;
        backups.run(photo("DCIM/100APPLE/IMG_0001.HEIC", "private"));
        assertEquals("rw-------", mode(backups.root.resolve("2024/05/IMG_0001.HEIC")));
    }

    @Test
    void aPrivateBackupThatLostItsIdentityStaysPrivate() throws Exception {
        run(false, photo("DCIM/100APPLE/IMG_0001.HEIC", "first"));
        Files.delete(backups.root.resolve(Identity.FILE));
        run(false, photo("DCIM/100APPLE/IMG_0002.HEIC", "second"));
        assertModes("rwx------", "rw-------");
    }

    @Test
    void aPrivateBackupStaysPrivateAndReportsIt() throws Exception {
        run(false, photo("DCIM/100APPLE/IMG_0001.HEIC", "first"));
        run(true, photo("DCIM/100APPLE/IMG_0002.HEIC", "second"));

        assertModes("rwx------", "rw-------");
        assertEquals(1, backups.said.size(), backups.said.toString());
        assertTrue(backups.said.get(0).contains("--shared"), backups.said.get(0));
        assertTrue(backups.said.get(0).contains("chmod -R a+rX"), backups.said.get(0));
    }

    @Test
    void anExistingFolderKeepsItsModeAndARunReportsWhomItShutsOut() throws Exception {
        Files.createDirectory(
                backups.root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));

        run(true, photo("DCIM/100APPLE/IMG_0001.HEIC", "first"));

        assertEquals("rwx------", mode(backups.root));
        assertEquals("rwxr-xr-x", mode(backups.root.resolve("2024")));
        assertEquals(1, backups.said.size(), backups.said.toString());
        assertTrue(backups.said.get(0).contains("'chmod 755'"), backups.said.get(0));
    }

    @Test
    void aModeThatTheDiskIgnoresIsReportedOnce() throws Exception {
        for (boolean shared : new boolean[] {false, true}) {
            backups.said.clear();
            var opener = new DestinationOpener(
                    folder.resolve("disk " + shared),
                    OpenMode.CREATE_IF_EMPTY,
                    shared,
                    root -> new DelegatingDisk(new PathDisk(root)) {
                        @Override
                        public boolean keepsMode(String path) {
                            return false;
                        }
                    },
                    backups.said::add);
            opener.forWriting(Backups.CLOCK.instant()).close();
            assertEquals(
                    1,
                    backups.said.stream()
                            .filter(line -> line.contains("permissions"))
                            .count(),
                    backups.said.toString());
        }
    }
}
