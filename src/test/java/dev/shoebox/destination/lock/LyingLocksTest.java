package dev.shoebox.destination.lock;

import dev.shoebox.destination.disk.DestinationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentLinkedQueue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** If the file system grants every lock, or has none, the lock record alone excludes a second run. */
class LyingLocksTest {
    private static final Computer ATTIC = new Computer("1111", "attic", "boot-1");
    private static final Computer CELLAR = new Computer("2222", "cellar", "boot-2");
    private static final Duration BEAT = Duration.ofMillis(20);
    private static final Duration WATCHED = Duration.ofMillis(400);
    private static final Duration NEVER = Duration.ofDays(1);

    private enum Share implements RunLock.Locks {
        /** Like a FUSE driver that grants every lock. */
        ALWAYS_YES {
            @Override
            public FileLock tryLock(FileChannel channel) {
                return new FileLock(channel, 0, Long.MAX_VALUE, false) {
                    @Override
                    public boolean isValid() {
                        return true;
                    }

                    @Override
                    public void release() {
                        // There is nothing to release.
                    }
                };
            }
        },
        /** The answer of a network drive: ENOLCK. */
        NO_LOCKS {
            @Override
            public FileLock tryLock(FileChannel channel) throws IOException {
                throw new IOException("No locks available");
            }
        }
    }

    @TempDir
    Path folder;

    private Path record;

    @BeforeEach
    void begin() {
        record = folder.resolve("lock.json");
    }

    private RunLock take(Computer computer, Duration beat, Share share) throws IOException {
        return RunLock.take(folder, Instant.EPOCH, computer, beat, share);
    }

    @ParameterizedTest
    @EnumSource(Share.class)
    void oneComputerKeepsTheOtherOut(Share share) throws IOException {
        try (RunLock attic = take(ATTIC, BEAT, share)) {
            assertThrows(DestinationException.InUse.class, () -> take(CELLAR, BEAT, share));
            assertThrows(DestinationException.InUse.class, () -> RunLock.unlock(folder, CELLAR, WATCHED));
            attic.requireHeld();
        }
        try (RunLock cellar = take(CELLAR, BEAT, share)) {
            assertFalse(cellar.wasLeft());
            cellar.requireHeld();
        }
    }

    @ParameterizedTest
    @EnumSource(Share.class)
    void aDeadRunOfAnotherComputerWaitsForAPerson(Share share) throws IOException {
        RunLock dead = take(ATTIC, NEVER, share);
        String left = Files.readString(record);
        assertThrows(DestinationException.InUse.class, () -> take(CELLAR, BEAT, share));
        assertEquals(left, Files.readString(record));
        assertTrue(RunLock.unlock(folder, CELLAR, WATCHED).isPresent());
        take(CELLAR, BEAT, share).close();
        dead.close();
    }

    @ParameterizedTest
    @EnumSource(Share.class)
    void aProcessOfThisComputerKeepsTheNextOutForAsLongAsItLives(Share share) throws Exception {
        Process other = new ProcessBuilder("sleep", "600").start();
        try {
            RunLock lock = take(CELLAR, NEVER, share);
            String ours = Files.readString(record);
            lock.close();
            Files.writeString(
                    record,
                    ours.replaceFirst("\"pid\":\\d+", "\"pid\":" + other.pid())
                            .replaceFirst(
                                    "\"processStarted\":\"[^\"]+\"",
                                    "\"processStarted\":\""
                                            + other.info().startInstant().orElseThrow() + "\""));
            String beside = Files.readString(record);
            assertThrows(DestinationException.InUse.class, () -> take(CELLAR, BEAT, share));
            assertThrows(DestinationException.InUse.class, () -> RunLock.unlock(folder, CELLAR, WATCHED));
            assertEquals(beside, Files.readString(record));
        } finally {
            other.destroyForcibly().waitFor();
        }
        try (RunLock next = take(CELLAR, BEAT, share)) {
            assertTrue(next.wasLeft());
        }
    }

    /** Another run may start between the check and the write. */
    @Test
    void aRecordThatAnotherRunWroteMeanwhileStays() throws IOException {
        RunLock.Locks late = channel -> {
            RunLock.take(folder, Instant.EPOCH, ATTIC, NEVER, Share.ALWAYS_YES);
            return Share.ALWAYS_YES.tryLock(channel);
        };
        assertThrows(DestinationException.InUse.class, () -> RunLock.take(folder, Instant.EPOCH, CELLAR, NEVER, late));
        assertTrue(Files.readString(record).contains("attic"));
    }

    @ParameterizedTest
    @EnumSource(Share.class)
    void theSameProcessDoesNotTakeItTwice(Share share) throws IOException {
        try (RunLock once = take(CELLAR, BEAT, share)) {
            assertThrows(DestinationException.InUse.class, () -> take(CELLAR, BEAT, share));
            once.requireHeld();
        }
    }

    /**
     * The drive was unplugged before the run released the lock, and is plugged in again while the process lives, such
     * as that of the page.
     */
    @ParameterizedTest
    @EnumSource(Share.class)
    void theLockOfAnEndedRunOfThisProcessExcludesNobody(Share share) throws IOException {
        RunLock gone = take(CELLAR, NEVER, share);
        String left = Files.readString(record);
        gone.close();
        Files.writeString(record, left);
        try (RunLock next = take(CELLAR, BEAT, share)) {
            assertTrue(next.wasLeft());
            next.requireHeld();
        }
    }

    @Test
    void ofTwoSimultaneousStartsOneContinues() throws Exception {
        for (int round = 0; round < 20; round++) {
            Path both = Files.createDirectory(folder.resolve("round" + round));
            var held = new ConcurrentLinkedQueue<RunLock>();
            Thread[] threads = new Thread[2];
            for (int i = 0; i < 2; i++) {
                Computer computer = i == 0 ? ATTIC : CELLAR;
                threads[i] = new Thread(() -> {
                    try {
                        held.add(RunLock.take(both, Instant.EPOCH, computer, NEVER, Share.ALWAYS_YES));
                    } catch (IOException refused) {
                        // The other run continues.
                    }
                });
                threads[i].start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertEquals(1, held.size(), "round " + round);
            held.peek().close();
        }
    }
}
