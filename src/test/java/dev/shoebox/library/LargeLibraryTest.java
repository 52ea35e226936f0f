package dev.shoebox.library;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** A library of the largest size takes little memory for each asset. */
class LargeLibraryTest {
    /**
     * A twentieth of a million, in a twentieth of 256 MiB: most of the memory that scripts/shoebox gives Java is for
     * the listing.
     */
    private static final int ASSETS = 50_000;

    private static final int KIBIBYTES = (256 << 10) / 20;

    @TempDir
    private Path folder;

    @Test
    void aMillionAssetsTakeAThirdOfTheMemoryThatShoeboxStartsWith() throws Exception {
        Path media = Files.createDirectory(folder.resolve("media"));
        Path cache = Files.createDirectory(folder.resolve("cache"));
        LargeLibrary.make(media, ASSETS);
        Process reading = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + KIBIBYTES + "k",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargeLibrary.class.getName(),
                        "read",
                        media.toString(),
                        cache.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(reading.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(reading.waitFor() == 0 && said.contains(ASSETS + " assets"), said);
    }
}
