package dev.shoebox.backup.hashing;

import dev.shoebox.photos.source.MediaFile;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The questions that wait for the phone, in order. Small files are requested together: one after another, each would
 * take a round trip, and a request on its own costs both sides as much CPU time as hashing the file.
 *
 * <p>Must be used with the lock of its owner held.
 */
final class InquiryQueue {
    private static final int MOST_AT_ONCE = 32;

    private static final long MOST_BYTES_AT_ONCE = 16 << 20;

    private final Object lock;
    private final long gatheringNanos;
    private final Deque<HashInquiry> waiting = new ArrayDeque<>();
    private boolean hurried;
    private boolean closed;

    /** @param gathering how long a whole file waits for others */
    InquiryQueue(Object lock, Duration gathering) {
        this.lock = lock;
        this.gatheringNanos = gathering.toNanos();
    }

    void add(HashInquiry inquiry) {
        waiting.add(inquiry);
        // Waking the other thread for each file would cost what gathering saves.
        if (waiting.size() == 1 || !isGathering()) {
            lock.notifyAll();
        }
    }

    /** Puts back what a lost connection left unanswered. */
    void putBack(Deque<HashInquiry> unanswered) {
        for (Iterator<HashInquiry> last = unanswered.descendingIterator(); last.hasNext(); ) {
            waiting.addFirst(last.next());
        }
    }

    /** Removes all questions. Returns the whole files among them. */
    List<MediaFile> clear() {
        List<MediaFile> files = waiting.stream()
                .filter(HashInquiry::isOfAll)
                .map(HashInquiry::file)
                .toList();
        waiting.clear();
        return files;
    }

    void removeOf(MediaFile file) {
        waiting.removeIf(inquiry -> inquiry.file().equals(file));
    }

    /** @param isAwaited whether somebody does nothing but wait for an answer, so that no file waits for others */
    void hurry(boolean isAwaited) {
        hurried = isAwaited;
        if (hurried) {
            lock.notifyAll();
        }
    }

    /** Ends {@link #next}. */
    void close() {
        closed = true;
        lock.notifyAll();
    }

    /** Waits for the next questions: some whole files, or one piece. Empty once this is closed. */
    List<HashInquiry> next() {
        do {
            while (waiting.isEmpty() && !closed) {
                pause(Long.MAX_VALUE);
            }
            long until = System.nanoTime() + gatheringNanos;
            for (long left = gatheringNanos; left > 0 && isGathering(); left = until - System.nanoTime()) {
                pause(left);
            }
        } while (waiting.isEmpty() && !closed);
        if (closed) {
            return List.of();
        }
        List<HashInquiry> batch = new ArrayList<>();
        long bytes = 0;
        do {
            bytes += waiting.peek().file().size();
            batch.add(waiting.remove());
        } while (batch.size() < MOST_AT_ONCE && bytes < MOST_BYTES_AT_ONCE && goesWith(batch.get(0)));
        return batch;
    }

    private boolean isGathering() {
        return !waiting.isEmpty() && waiting.peek().isOfAll() && waiting.size() < MOST_AT_ONCE && !hurried && !closed;
    }

    private boolean goesWith(HashInquiry first) {
        return first.isOfAll() && !waiting.isEmpty() && waiting.peek().isOfAll();
    }

    private void pause(long nanos) {
        try {
            TimeUnit.NANOSECONDS.timedWait(lock, nanos);
        } catch (InterruptedException e) {
            // This thread is never interrupted; closing ends it.
        }
    }
}
