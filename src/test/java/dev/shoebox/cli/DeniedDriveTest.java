package dev.shoebox.cli;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A folder that a scheduled run may not read is reported as such. If it were taken for an absent one, the run would not
 * fail and would say nothing.
 */
class DeniedDriveTest {
    @TempDir
    private Path home;

    private Path drive;

    @AutoClose
    private AsAnyUser user;

    @BeforeEach
    void lock() throws Exception {
        drive = Files.createDirectory(home.resolve("drive"));
        Files.createDirectories(drive.resolve("backup/.shoebox"));
        Files.setPosixFilePermissions(drive, PosixFilePermissions.fromString("---------"));
        user = new AsAnyUser(home);
    }

    @AfterEach
    void unlock() throws Exception {
        Files.setPosixFilePermissions(drive, PosixFilePermissions.fromString("rwx------"));
    }

    private AsAnyUser.Ended scheduled(Path destination) throws Exception {
        return user.shoebox("", "backup", "--quiet", "--scheduled", "--dest", destination);
    }

    @Test
    void aDriveThatMayNotBeReadIsAFailureAndReportedQuietOrNot() throws Exception {
        for (Path destination : List.of(drive, drive.resolve("backup"))) {
            AsAnyUser.Ended run = scheduled(destination);

            assertEquals(15, run.code(), run.err());
            assertTrue(run.err().contains(destination.toString()), run.err());
            assertTrue(run.err().contains("permissions"), run.err());
            assertFalse(run.err().contains("does not exist"), run.err());
        }
    }

    @Test
    void aDriveThatIsNotThereIsStillNothingToDoNow() throws Exception {
        assertEquals(75, scheduled(home.resolve("elsewhere")).code());
    }
}
