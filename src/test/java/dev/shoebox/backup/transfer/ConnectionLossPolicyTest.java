package dev.shoebox.backup.transfer;

import dev.shoebox.backup.transfer.ConnectionLossPolicy.Place;
import dev.shoebox.backup.transfer.ConnectionLossPolicy.Verdict;
import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** How many losses in a row a run tolerates. */
class ConnectionLossPolicyTest {
    private static final String FILM = "DCIM/100APPLE/IMG_0001.MOV";
    private static final long MIB = 1 << 20;
    private static final long SILENCE = Duration.ofSeconds(10).toNanos();

    private final ConnectionLossPolicy losses = new ConnectionLossPolicy(Duration.ofSeconds(15));

    @Test
    void aFilmThatKeepsLessEachTimeIsNotRetriedForEver() {
        assertEquals(Verdict.GO_ON, losses.judge(new Place(FILM, 7, 3000 * MIB), SILENCE, false));
        assertEquals(Verdict.GIVE_UP_FILE, losses.judge(new Place(FILM, 7, 2999 * MIB), SILENCE, false));
    }

    @Test
    void aConnectionThatBreaksDuringTheComparisonIsGivenUpToo() {
        assertEquals(Verdict.GO_ON, losses.judge(new Place(FILM, 7, 3000 * MIB), 1, true));
        assertEquals(Verdict.GO_ON, losses.judge(new Place(FILM, 7, 2999 * MIB), 1, true));
        assertEquals(Verdict.GIVE_UP_FILE, losses.judge(new Place(FILM, 7, 2998 * MIB), 1, true));
    }

    @Test
    void aTransferThatProgressesMayBreakOffRepeatedly() {
        for (int kept = 8; kept < 1000; kept++) {
            assertEquals(Verdict.GO_ON, losses.judge(new Place(FILM, 7, kept * MIB), SILENCE, true));
        }
    }
}
