package dev.shoebox.cli;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** In a chroot or container, the system may list nothing as mounted; a backup works all the same. */
class UnlistedMountIT {
    /** Runs a command in its place, in a process whose list of mounts is empty. */
    private static final String UNLISTED = "mount --bind \"$0\" /proc/$$/mounts && exec \"$@\"";

    @TempDir
    private Path folder;

    private Path nothing;

    @BeforeEach
    void requireNamespaces() throws Exception {
        nothing = Files.createFile(folder.resolve("nothing"));
        assumeTrue(run("true").code() == 0, "unshare(1) may make no namespace here, so that no mount can be hidden");
    }

    @Test
    void backsUpAndVerifiesWithoutAListOfMounts() throws Exception {
        Path source = Files.createDirectories(folder.resolve("source/DCIM/100APPLE"));
        Files.write(source.resolve("IMG_0001.JPG"), new byte[] {(byte) 0xff, (byte) 0xd8, 1, 2});
        Path destination = folder.resolve("backup");

        Ended backup = shoebox("backup", "--layout", "flat", "--from", folder.resolve("source"), destination);
        assertEquals(0, backup.code(), backup.said());
        assertArrayEquals(
                new byte[] {(byte) 0xff, (byte) 0xd8, 1, 2}, Files.readAllBytes(destination.resolve("IMG_0001.JPG")));

        Ended verified = shoebox("verify", destination);
        assertEquals(0, verified.code(), verified.said());
        Ended doctor = shoebox("doctor", destination);
        assertFalse(doctor.said().contains("Mount point not found"), doctor.said());
    }

    private record Ended(int code, String said) {}

    private Ended shoebox(Object... arguments) throws Exception {
        List<Object> words = new ArrayList<>(List.of(Started.SCRIPT));
        words.addAll(List.of(arguments));
        return run(words.toArray());
    }

    private Ended run(Object... command) throws Exception {
        List<String> words = new ArrayList<>(List.of("unshare", "--map-root-user", "--mount", "sh", "-c", UNLISTED));
        words.add(nothing.toString());
        for (Object word : command) {
            words.add(word.toString());
        }
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("XDG_STATE_HOME", folder.resolve(".state").toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), said);
    }
}
