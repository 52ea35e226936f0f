package dev.shoebox.cli;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** If a drive is absent, nothing is created at its mount point: it would fill the system disk unnoticed. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "looks at /media")
class AbsentDriveTest {
    private static final Path DRIVE = Path.of("/media/shoebox-test-absent-drive");

    @TempDir
    private Path folder;

    @AfterEach
    void clean() throws IOException {
        if (Files.exists(DRIVE)) {
            try (Stream<Path> all = Files.walk(DRIVE)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    @Test
    void nothingIsCreatedAtTheMountPointOfAnAbsentDrive() throws IOException {
        Shell shell = new Shell(folder);
        Path card = shell.card("card", "IMG_0001.JPG");
        Path linked = Files.createSymbolicLink(folder.resolve("usb"), DRIVE.getParent());
        for (Path place : new Path[] {
            DRIVE.resolve("iPhone"), linked.resolve(DRIVE.getFileName()).resolve("iPhone")
        }) {
            assertEquals(75, shell.shoebox("backup", "--from", card, place), shell.err());
            assertTrue(shell.err().contains("No drive is mounted at " + DRIVE), shell.err());
            assertEquals(75, shell.shoebox("backup", "-n", "--from", card, place), shell.err());
        }
        assertFalse(Files.exists(DRIVE));
    }
}
