package dev.shoebox.cli.terminal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class TimeLimitTest {
    @Test
    @Timeout(20)
    void workThatTakesTooLongIsInterruptedAndGivesNothing() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        Optional<String> late = TimeLimit.run(
                () -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException ended) {
                        interrupted.countDown();
                    }
                    return "late";
                },
                Duration.ofMillis(10));
        assertEquals(Optional.empty(), late);
        interrupted.await();
    }

    @Test
    void resultsAndFailuresInTimeArePassedOn() throws IOException {
        assertEquals(Optional.of("done"), TimeLimit.run(() -> "done", Duration.ofMinutes(1)));
        IOException failed = assertThrows(
                IOException.class,
                () -> TimeLimit.run(
                        () -> {
                            throw new FileNotFoundException("x");
                        },
                        Duration.ofMinutes(1)));
        assertTrue(failed instanceof FileNotFoundException);
    }
}
