package dev.shoebox.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The packaged command is killed repeatedly while it adopts a folder, and continues each time. */
class AdoptKillIT {
    /** Several batches. */
    private static final int FILES = 2400;

    @TempDir
    private Path home;

    @Test
    void aKilledAdoptionContinues() throws IOException, InterruptedException {
        Path archive = home.resolve("archive");
        for (int i = 0; i < FILES; i++) {
            Path file = archive.resolve("2024/%02d/IMG_%04d.JPG".formatted(i % 12, i));
            Files.createDirectories(file.getParent());
            Files.write(file, Pictures.jpeg("photo " + i));
        }
        SortedMap<String, String> before = Kept.in(archive).files();
        Path journal = archive.resolve(".shoebox/journal.ndjson");
        Path manifest = archive.resolve("SHA256SUMS");
        for (Path grows : new Path[] {archive.resolve(".shoebox/adopting"), journal, manifest}) {
            long size = Files.exists(grows) ? Files.size(grows) : -1;
            try (Started run = Started.shoebox(home, Map.of(), "adopt", archive)) {
                run.until(() -> Files.exists(grows) && Files.size(grows) > size);
                run.signal("KILL");
                run.ended();
                assertNotEquals(0, run.code(), run.out() + run.err());
            }
            Kept left = Kept.in(archive);
            assertEquals(before, left.files(), "nobody's file is changed");
            assertTrue(before.entrySet().containsAll(left.listed().entrySet()), "what is listed is so");
        }
        assertTrue(Files.exists(archive.resolve(".shoebox/adopting")));
        Shell.Ended last = Shell.once(home, "adopt", "--json", archive);
        assertEquals(0, last.code(), last.words());
        Kept after = Kept.in(archive);
        assertEquals(before, after.files());
        assertEquals(before, new TreeMap<>(after.listed()));
        assertEquals(FILES, Files.readAllLines(manifest).size(), "each is listed once");
        assertTrue(Files.notExists(archive.resolve(".shoebox/adopting")));
        assertEquals(0, Shell.once(home, "verify", archive).code());
    }
}
