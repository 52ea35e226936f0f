package dev.shoebox.schedule;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/** Serialises one user's scheduled backups: two phones share the cable's bandwidth and the disk. */
public final class ScheduledRunLock implements Closeable {
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final FileChannel channel;

    private ScheduledRunLock(FileChannel channel) {
        this.channel = channel;
    }

    /** A condition that is polled. */
    public interface Question {
        boolean ask() throws IOException;
    }

    /**
     * Waits for the other runs to end.
     *
     * @param file the lock file, which is created if necessary
     * @return empty after a timeout
     */
    public static Optional<ScheduledRunLock> take(Path file, Duration longest) throws IOException {
        Files.createDirectories(file.getParent());
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (until(() -> isTaken(channel), longest)) {
                return Optional.of(new ScheduledRunLock(channel));
            }
        } catch (IOException unable) {
            channel.close();
            throw unable;
        }
        channel.close();
        return Optional.empty();
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException otherThread) {
            return false;
        }
    }

    /** Polls a condition, first at once, until it is true or the time is over. */
    public static boolean until(Question question, Duration longest) throws IOException {
        long began = System.nanoTime();
        while (!question.ask()) {
            if (System.nanoTime() - began >= longest.toNanos()) {
                return false;
            }
            try {
                Thread.sleep(PAUSE.toMillis());
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    /** Lets the next run start. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
