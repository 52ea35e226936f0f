package dev.shoebox.device.afc;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayDeque;
import java.util.Deque;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A window over calculated links: no clock, no randomness. */
class ReadWindowTest {
    private static final int PIECE = 256 << 10;
    private static final int LEAST = 2 * PIECE;
    private static final int MOST = 16 * PIECE;

    private final ReadWindow window = new ReadWindow(LEAST, MOST);
    private final Deque<ReadWindow.Question> questions = new ArrayDeque<>();
    private final Deque<Long> due = new ArrayDeque<>();
    private long now;
    private long lineFree;
    private long most;

    /** Reads this many pieces over a link, requesting whenever the window admits it; returns the bytes per second. */
    private double read(int pieces, double bytesPerSecond, double latencyMillis) {
        long start = now;
        int asked = 0;
        for (int answered = 0; answered < pieces; answered++) {
            for (; asked < pieces && window.admits(PIECE); asked++) {
                questions.add(window.ask(PIECE, now));
                lineFree =
                        Math.max(lineFree, now + (long) (latencyMillis * 1e6)) + (long) (PIECE * 1e9 / bytesPerSecond);
                due.add(lineFree);
                most = Math.max(most, questions.size());
            }
            now = due.remove();
            window.answered(questions.remove(), PIECE, now);
        }
        return pieces * (double) PIECE / (now - start) * 1e9;
    }

    @ParameterizedTest
    @CsvSource({"40e6, 0.5", "400e6, 0.5", "400e6, 2", "400e6, 8", "40e6, 30", "20e6, 150"})
    void aFastOrFarLinkIsKeptFull(double bytesPerSecond, double latencyMillis) {
        read(50, bytesPerSecond, latencyMillis);
        double limit = Math.min(bytesPerSecond, MOST / latencyMillis * 1000);
        assertTrue(read(400, bytesPerSecond, latencyMillis) > 0.97 * limit);
    }

    @ParameterizedTest
    @CsvSource({"1e6, 0.5", "1e6, 20", "5e6, 0.5", "5e6, 10"})
    void aSlowLinkIsKeptFullWithLittleInFlight(double bytesPerSecond, double latencyMillis) {
        read(50, bytesPerSecond, latencyMillis);
        assertTrue(read(400, bytesPerSecond, latencyMillis) > 0.97 * bytesPerSecond);
        assertTrue(most <= 3, most + " pieces in flight");
    }

    @Test
    void aLinkThatBecomesSlowIsNotFloodedForLong() {
        read(100, 400e6, 0.5);
        assertEquals(MOST, window.bytes());
        read(100, 2e6, 0.5);
        assertEquals(LEAST, window.bytes());
        read(3, 400e6, 0.5);
        assertEquals(MOST, window.bytes());
    }

    @Test
    void onePieceIsAlwaysAdmitted() {
        assertTrue(window.admits(10 * MOST));
        window.answered(window.ask(PIECE, 0), 0, 1_000_000_000);
        assertTrue(window.admits(10 * MOST), "after an answer without bytes");
        window.ask(LEAST, 0);
        assertFalse(window.admits(1));
    }
}
