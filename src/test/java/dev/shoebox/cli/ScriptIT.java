package dev.shoebox.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** {@code scripts/shoebox} and the packaged jar. */
class ScriptIT {
    @TempDir
    private Path folder;

    @Test
    void printsTheVersionOfTheManifestAndNothingElse() throws Exception {
        try (Started shoebox = Started.shoebox(folder, Map.of(), "--version").ended()) {
            assertEquals("", shoebox.err());
            assertTrue(shoebox.out().matches("shoebox \\d+\\.\\d+\\.\\d+\\n"), shoebox.out());
        }
    }

    @Test
    void worksFromAnyFolderThroughLinksThatAreRelative() throws Exception {
        Files.createSymbolicLink(folder.resolve("first"), Started.SCRIPT);
        Path link = Files.createSymbolicLink(folder.resolve("second"), Path.of("first"));

        try (Started shoebox =
                Started.start(link, folder, Map.of(), "--version").ended()) {
            assertEquals(0, shoebox.code());
        }
        // JUnit warns of links that lead out of its folder.
        Files.delete(link);
        Files.delete(folder.resolve("first"));
    }

    @Test
    void anAccentInTheDestinationAndInANameSurvivesTheLocaleOfCron() throws Exception {
        Path source = Files.createDirectories(folder.resolve("source/DCIM/100APPLE"));
        Files.write(source.resolve("Été.jpg"), new byte[] {1, 2, 3});
        Path destination = folder.resolve("Sauvegarde é");

        try (Started shoebox = Started.shoebox(
                        folder,
                        Map.of("LANG", "C", "LC_ALL", "C"),
                        "backup",
                        "--layout",
                        "flat",
                        "--from",
                        "source",
                        destination)
                .ended()) {
            assertEquals(0, shoebox.code(), shoebox.err());
            assertTrue(shoebox.out().contains("Sauvegarde é"), shoebox.out());
        }
        assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(destination.resolve("Été.jpg")));
        assertTrue(Files.readString(destination.resolve("SHA256SUMS")).contains("Été.jpg"));
    }
}
