package dev.shoebox.history;

import dev.shoebox.photos.source.SourceId;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The record of a run. What was read can be written again, and shown. */
final class RunRecordJsonFuzz {
    private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");

    private RunRecordJsonFuzz() {}

    static List<byte[]> seeds() {
        RunResult.Item item = new RunResult.Item("DCIM/100APPLE/IMG_0001.HEIC", "read-error", "It cannot be read.");
        RunRecord whole = new RunRecord(new RunRecord.Start(
                        "20261120T120000Z-0a1b2c3d", RunRecord.Kind.BACKUP, "/media/me/Photos", true, START))
                .of(new SourceId(SourceId.Kind.PHONE, "00008110-0001", "Anna's iPhone"))
                .in("5a1c")
                .endedWith(new RunRecord.Ending(
                        START.plusSeconds(95), RunEnding.INCOMPLETE, Optional.of("One file failed.")))
                .withResult(new RunResult(
                        new RunResult.Counts(1204, 12, 1, 1100, 3, 0),
                        new RunResult.Traffic(34_100_000, Duration.ofMillis(9_250), 4, Map.of()),
                        List.of(item),
                        List.of(item),
                        UnsafeFiles.NOTHING,
                        Optional.empty()))
                .withNotes(new RunRecord.Notes(Optional.of("device"), List.of("no links"), Map.of("2024/05", 2)));
        RunRecord torn = new RunRecord(new RunRecord.Start(
                "20261120T120000Z-0a1b2c3d", RunRecord.Kind.VERIFY, "/media/me/Photos", false, START));
        return Stream.of(whole, torn)
                .map(run -> RunRecordJson.of(run).getBytes(UTF_8))
                .toList();
    }

    public static void fuzzerTestOneInput(byte[] bytes) {
        RunRecordJson.parse(new String(bytes, UTF_8)).ifPresent(run -> {
            assertTrue(RunRecordJson.parse(RunRecordJson.of(run)).isPresent());
            assertFalse(HtmlReport.of(run, ZoneOffset.UTC).isEmpty());
        });
    }
}
