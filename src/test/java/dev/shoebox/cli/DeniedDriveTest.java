package dev.shoebox.cli;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A folder that a scheduled run may not read is reported as such. If it were taken for an absent one, the run would not
 * fail and would say nothing.
 */
class DeniedDriveTest {
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

    @TempDir
    private Path home;

    private Path drive;

    @BeforeEach
    void lock() throws Exception {
        assumeTrue(!ROOT || Files.exists(Path.of("/usr/bin/setpriv")), "root needs setpriv to be denied anything");
        drive = Files.createDirectory(home.resolve("drive"));
        Files.createDirectories(drive.resolve("backup/.shoebox"));
        Files.setPosixFilePermissions(drive, PosixFilePermissions.fromString("---------"));
    }

    @AfterEach
    void unlock() throws Exception {
        Files.setPosixFilePermissions(drive, PosixFilePermissions.fromString("rwx------"));
    }

    private record Ended(int code, String said) {}

    private Ended scheduled(Path destination) throws Exception {
        List<String> words = new ArrayList<>();
        if (ROOT) {
            words.addAll(List.of("setpriv", "--bounding-set", "-dac_override,-dac_read_search"));
        }
        words.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.shoebox.cli.Shoebox",
                "backup",
                "--quiet",
                "--scheduled",
                "--dest",
                destination.toString()));
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().put("HOME", home.toString());
        builder.environment().put("XDG_STATE_HOME", home.resolve("state").toString());
        builder.environment().put("XDG_CONFIG_HOME", home.resolve("config").toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), said);
    }

    @Test
    void aDriveThatMayNotBeReadIsAFailureAndReportedQuietOrNot() throws Exception {
        for (Path destination : List.of(drive, drive.resolve("backup"))) {
            Ended run = scheduled(destination);

            assertEquals(15, run.code(), run.said());
            assertTrue(run.said().contains(destination.toString()), run.said());
            assertTrue(run.said().contains("permissions"), run.said());
            assertFalse(run.said().contains("does not exist"), run.said());
        }
    }

    @Test
    void aDriveThatIsNotThereIsStillNothingToDoNow() throws Exception {
        assertEquals(75, scheduled(home.resolve("elsewhere")).code());
    }
}
