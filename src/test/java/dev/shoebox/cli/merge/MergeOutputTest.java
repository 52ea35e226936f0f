package dev.shoebox.cli.merge;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.backup.event.Outcome;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.TerminalInfo;
import dev.shoebox.merge.Merge;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.source.MediaFile;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class MergeOutputTest {
    private static final Path COPY = Path.of("/media/second");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Console console = new Console(new PrintWriter(out), new PrintWriter(err), TerminalInfo.none());

    private void fail(MergeOutput output, int files) {
        for (int file = 0; file < files; file++) {
            var media = new MediaFile("DCIM/100APPLE/IMG_%04d.JPG".formatted(file), 1, Instant.EPOCH, Optional.empty());
            output.accept(new BackupEvent.Settled(
                    new Resource(media, Role.PHOTO),
                    new Outcome.Failed(Outcome.Failed.Reason.READ_ERROR, "unreadable")));
        }
    }

    @Test
    void failuresWithoutANameAreCountedOnce() {
        MergeOutput output = new MergeOutput(console, COPY, "Scanning");
        fail(output, 32);
        output.close();
        output.close();
        assertEquals(11, err.toString().lines().count(), err.toString());
    }

    /** A merge reports from its own thread and from that which publishes. */
    @Test
    void everyFailureOfSeveralThreadsIsCounted() {
        MergeOutput output = new MergeOutput(console, COPY, "Scanning");
        IntStream.range(0, 4).parallel().forEach(thread -> fail(output, 20_000));
        output.close();
        assertTrue(err.toString().contains("79,990 more files"), err.toString());
    }

    @Test
    void theProgressCoversAllSources() {
        MergeOutput output = MergeOutput.ofSecondCopy(console, COPY);
        output.accept(new BackupEvent.Planned(30, 3000, 0));
        fail(output, 30);
        output.accept(new BackupEvent.Planned(2, 200, 0));
        fail(output, 2);
        output.close();
        assertEquals(
                1,
                err.toString()
                        .lines()
                        .filter(line -> line.contains("of 32 files"))
                        .count(),
                err.toString());
    }

    /** A merge that ended early has not counted what it did not reach. */
    @Test
    void onlyTheEndOfACompleteUpdateCountsAllFiles() {
        MergeOutput.ofSecondCopy(console, COPY)
                .ended(
                        new Merge.Result(
                                1,
                                0,
                                24,
                                new Merge.Lacking(6, 0, 0, 0),
                                10,
                                Optional.of(new IOException("full")),
                                false),
                        1);
        assertFalse((out.toString() + err).contains("25"), out.toString() + err);
        MergeOutput.ofSecondCopy(console, COPY)
                .ended(new Merge.Result(7, 0, 25, new Merge.Lacking(0, 0, 0, 0), 10, Optional.empty(), false), 1);
        assertTrue((out.toString() + err).contains("32"), out.toString() + err);
    }

    @Test
    void aFailureInASecondCopyIsNotOneOfTheBackup() throws IOException {
        console.forceJson();
        MergeOutput output = MergeOutput.ofSecondCopy(console, COPY);
        fail(output, 1);
        output.close();
        assertEquals(COPY.toString(), JSON.std.mapFrom(out.toString()).get("secondCopy"));
        assertEquals(
                1,
                err.toString()
                        .lines()
                        .filter(line -> line.contains("Second copy in " + COPY))
                        .count());
    }
}
