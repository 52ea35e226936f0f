package dev.shoebox.destination.records;

import dev.shoebox.destination.Backups;
import dev.shoebox.history.RunEnding;
import dev.shoebox.history.RunRecord;
import dev.shoebox.history.RunResult;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Lines of the journal as earlier versions wrote them. */
class JournalTest {
    private static String run(int exitCode, String more) {
        return "{\"event\":\"run\",\"source\":{\"kind\":\"PHONE\",\"id\":\"%s\",\"name\":\"%s\"},"
                        .formatted(Backups.PHONE.id(), Backups.PHONE.name())
                + "\"started\":\"2026-11-20T12:00:00Z\",\"ended\":\"2026-11-20T12:01:35Z\",\"zone\":\"Europe/Berlin\","
                + "\"copied\":12,\"duplicates\":1,\"alreadyBackedUp\":1100,\"failed\":3,\"bytesCopied\":34100000,"
                + "\"exitCode\":" + exitCode + more + "}";
    }

    private static Journal.RunEnded parsed(String line) {
        return (Journal.RunEnded) Journal.parse(line).orElseThrow();
    }

    @Test
    void aRunOfTheFirstVersionIsReadWhole() {
        Journal.RunEnded ended = parsed(run(3, ",\"limits\":[\"no-links\"]"));
        RunRecord run = ended.run();

        assertEquals(Optional.of(Backups.PHONE), run.source());
        assertEquals(Instant.parse("2026-11-20T12:00:00Z"), run.started());
        assertEquals(Instant.parse("2026-11-20T12:01:35Z"), run.ended());
        assertEquals(Optional.of(RunEnding.INCOMPLETE), run.how());
        assertEquals(new RunResult.Counts(0, 12, 1, 1100, 3, 0), run.result().counts());
        assertEquals(34_100_000, run.result().traffic().bytesCopied());
        assertEquals(3, run.left());
        assertEquals("Europe/Berlin", ended.zone());
        assertEquals(List.of("no-links"), ended.limits());
        assertEquals(ended, parsed(Journal.line(ended)));
    }

    @Test
    void aRunThatEndedAsOnlyALaterVersionKnowsIsOneThatFailed() {
        assertEquals(Optional.of(RunEnding.BUG), parsed(run(99, "")).run().how());
    }
}
