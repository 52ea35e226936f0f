package dev.shoebox.cli.terminal;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ProgressTest {
    private final AtomicLong nanos = new AtomicLong();
    private final StringWriter err = new StringWriter();
    private Progress progress;

    @BeforeEach
    void beginOnATerminal() {
        progress = on(new TerminalInfo(() -> true, () -> 100, Set.of()));
    }

    private Progress on(TerminalInfo screen) {
        Console console = new Console(new PrintWriter(new StringWriter()), new PrintWriter(err), screen);
        return new Progress(console, "Looking ...", nanos::get);
    }

    @Test
    void showsActivityUntilTheTotalIsKnown() {
        assertEquals("Looking ...", progress.line());
    }

    @Test
    void showsFilesBytesRateTimeLeftAndTheCurrentName() {
        progress.expect(340, 3_400_000_000L);
        progress.begin("IMG_0012.HEIC");
        progress.advance(400_000_000);
        progress.fileDone();
        nanos.set(Duration.ofSeconds(10).toNanos());

        assertEquals(" 11%  1 of 340 files  400.0 MB of 3.4 GB  40.0 MB/s  75 s left  IMG_0012.HEIC", progress.line());
    }

    @Test
    void aStallLowersTheRateInsteadOfHidingIt() {
        progress.expect(1, 1000);
        progress.advance(500);
        nanos.set(Duration.ofSeconds(5).toNanos());
        String flowing = progress.line();
        nanos.set(Duration.ofSeconds(10).toNanos());
        String stalled = progress.line();

        assertTrue(flowing.contains("100 bytes/s"), flowing);
        assertTrue(stalled.contains("50 bytes/s"), stalled);
    }

    @Test
    void bytesToReadAgainAreSubtracted() {
        progress.expect(1, 1000);
        progress.advance(600);
        progress.advance(-600);

        assertTrue(progress.line().startsWith("  0%"), progress.line());
    }

    @Test
    void emptyFilesCountByTheirNumber() {
        progress.expect(2, 0);
        progress.fileDone();

        assertTrue(progress.line().startsWith(" 50%"), progress.line());
    }

    @Test
    void aLineIsCutToTheWidthOfTheTerminalInColumnsNotCharacters() {
        assertEquals("日本", Progress.fit("日本語", 5));
        assertEquals("abc", Progress.fit("abc", 3));
        assertEquals("ab", Progress.fit("abc", 2));
    }

    @Test
    void withoutATerminalTheLastStateStaysAsAPlainLine() {
        Progress plain = on(TerminalInfo.none());
        plain.start();
        plain.expect(1, 10);
        plain.advance(10);
        plain.fileDone();
        nanos.set(1);
        plain.close();

        assertEquals("100%  1 of 1 file  10 bytes of 10 bytes" + System.lineSeparator(), err.toString());
    }

    @Test
    void onATerminalNothingStays() {
        progress.start();
        progress.expect(1, 10);
        progress.close();

        assertFalse(err.toString().contains("\n"), err.toString());
    }
}
