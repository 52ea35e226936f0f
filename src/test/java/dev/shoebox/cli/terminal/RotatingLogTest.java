package dev.shoebox.cli.terminal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class RotatingLogTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void aLineHasItsTimeAndNoUdid() throws IOException {
        new RotatingLog(folder, () -> NOW)
                .note("iPhone 00008101-001A2B3C4D5E6F7A and " + "0123456789abcdef".repeat(2) + "01234567 \u001b[31m");

        assertEquals(
                "2026-03-01T12:00:00Z iPhone …4D5E6F7A and …01234567 \\u001b[31m\n",
                Files.readString(folder.resolve("shoebox.log")));
    }

    @Test
    void aPhotosHashAndOtherFiguresAreNoUdid() {
        String hash = "0123456789abcdef".repeat(4);
        assertEquals(hash, RotatingLog.withoutUdids(hash));
        assertEquals("IMG_00008101.HEIC", RotatingLog.withoutUdids("IMG_00008101.HEIC"));
    }

    @Test
    void itIsBounded() throws IOException {
        RotatingLog log = new RotatingLog(folder, () -> NOW);
        String line = "x".repeat(100_000);
        for (int lines = 0; lines < 100; lines++) {
            log.note(line);
        }
        try (Stream<Path> files = Files.list(folder)) {
            long bytes = files.mapToLong(file -> file.toFile().length()).sum();
            assertTrue(bytes < (RotatingLog.OLD + 2) * RotatingLog.LARGEST, bytes + " bytes");
        }
        assertTrue(Files.exists(folder.resolve("shoebox.log.4")));
        assertFalse(Files.exists(folder.resolve("shoebox.log.5")));
    }
}
