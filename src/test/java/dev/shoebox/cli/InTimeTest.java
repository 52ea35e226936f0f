package dev.shoebox.cli;

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

class InTimeTest {
    @Test
    @Timeout(20)
    void workThatTakesTooLongIsInterruptedAndGivesNothing() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        Optional<String> late = InTime.run(
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
    void whatComesInTimeIsGivenAndWhatFailsInTimeFails() throws IOException {
        assertEquals(Optional.of("done"), InTime.run(() -> "done", Duration.ofMinutes(1)));
        IOException failed = assertThrows(
                IOException.class,
                () -> InTime.run(
                        () -> {
                            throw new FileNotFoundException("x");
                        },
                        Duration.ofMinutes(1)));
        assertTrue(failed instanceof FileNotFoundException);
    }
}
