package dev.shoebox.run.record;

import dev.shoebox.cli.Shell;
import dev.shoebox.destination.DestinationFolder;
import dev.shoebox.history.RunRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;

class RecordedRunsTest {
    @TempDir
    private Path home;

    private Path here;
    private Path there;
    private RecordedRuns recorded;
    private Instant time = Instant.parse("2026-11-20T12:00:00Z");

    @BeforeEach
    void backUp() throws IOException {
        here = home.resolve("here");
        there = home.resolve("there");
        Shell.plain(home).card("card", "IMG_1.JPG");
        backUp(here);
        recorded = new RecordedRuns(
                home.resolve(".local/state/shoebox"),
                InstantSource.fixed(Instant.parse("2026-11-21T12:00:00Z")),
                line -> {});
    }

    private String backUp(Path root) {
        time = time.plusSeconds(60);
        Shell shell = Shell.plain(home).at(time);
        assertEquals(0, shell.shoebox("backup", "--from", home.resolve("card"), root), shell.err());
        return DestinationFolder.identity(root).orElseThrow();
    }

    @Test
    void runsBelongToTheirBackupWhereverItsDriveIsMounted() throws IOException {
        Files.move(here, there);
        assertEquals(1, recorded.here(there).size());
        backUp(there);
        Files.move(there, home.resolve("unplugged"));
        assertEquals(2, recorded.here(here).size());
        assertEquals(2, recorded.here(there).size());
    }

    @Test
    void runsOfAnotherBackupAtTheSamePlaceDoNot() throws IOException {
        Files.move(here, there);
        String another = backUp(here);
        assertEquals(
                List.of(another),
                recorded.here(here).stream()
                        .flatMap((RunRecord run) -> run.shoebox().stream())
                        .toList());
    }
}
