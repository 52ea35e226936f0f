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

/** Lets scheduled backups of one person run one after the other: two phones share a cable's speed and a disk. */
public final class ScheduledRunLock implements Closeable {
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final FileChannel channel;

    private ScheduledRunLock(FileChannel channel) {
        this.channel = channel;
    }

    /** A question that is asked again until the answer is yes. */
    public interface Question {
        boolean ask() throws IOException;
    }

    /**
     * Waits for the others to end.
     *
     * @param file that stands for the right to run; it is made if need be
     * @return empty if the time is over
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

    /** Asks at once and then again and again, until the answer is yes or the time is over. */
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

    /** Lets the next one run. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
