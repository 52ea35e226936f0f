package dev.shoebox.backup.transfer;

import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.SelfHashing;
import dev.shoebox.photos.source.SelfHashing.FileHashes;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Has a phone hash files while the next ones stream, on a thread and a connection of its own. What it answers is believed
 * as long as it equals what two readings agree on; where the phone refuses, is wrong or takes too long, it is asked no more.
 * Used by one thread.
 */
public final class PhoneHashing implements Closeable {
    /** A larger file would keep a phone silent for longer than a connection that works. */
    private static final long LARGEST = 2L << 30;

    /** So many bytes may wait for an answer; then the stream waits, too. */
    private static final long MOST_WAITING_BYTES = 512 << 20;

    private static final int MOST_WAITING_FILES = 256;
    private static final int MOST_LOSSES = 3;

    /** So many files that are refused one after the other mean that none is hashed any more. */
    private static final int MOST_REFUSALS = 3;

    /** What a run may wait for answers, of its own time, once that is more than the least. */
    private static final int SHARE = 10;

    private static final long LEAST_WAIT = TimeUnit.SECONDS.toNanos(2);
    private static final long POLL_MILLIS = 50;

    private final Optional<SelfHashing> source;
    private final Object lock = new Object();

    /** Held by whoever uses the connection. */
    private final Object asking = new Object();

    private final Deque<MediaFile> questions = new ArrayDeque<>();
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final long begun = System.nanoTime();
    private Optional<FileHashes> connection = Optional.empty();
    private Optional<Thread> thread = Optional.empty();
    private boolean used;
    private boolean probed;
    private boolean confirmed;
    private boolean closed;
    private int waitingFiles;
    private long waitingBytes;
    private long waited;
    private int losses;
    private int refusals;

    /** @param source empty where nothing is to be asked */
    public PhoneHashing(Optional<SelfHashing> source) {
        this.source = source;
        this.used = source.isPresent();
    }

    /** What became of a question. */
    public enum Kind {
        HASHED,
        REFUSED,
        LOST
    }

    /** @param sha1 40 lower-case hexadecimal digits; empty unless it was hashed */
    public record Answer(Kind kind, MediaFile file, String sha1) {}

    /** Asks for one file, which is a small one of those that will be read anyway, and waits for the answer. */
    public void probe(MediaFile file) {
        if (!used || probed) {
            return;
        }
        probed = true;
        if (hash(file).kind() != Kind.HASHED) {
            giveUp();
        }
    }

    /** Asks for one file, and waits for as long as that takes: reading the file instead would take longer. */
    public Answer hashed(MediaFile file) {
        return used ? hash(file) : new Answer(Kind.REFUSED, file, "");
    }

    /** Whether the phone is to be asked about this file. */
    public boolean covers(MediaFile file) {
        return used && file.size() > 0 && file.size() <= LARGEST;
    }

    boolean isUsed() {
        return used;
    }

    /** Whether an answer was right at least once. */
    boolean isConfirmed() {
        return confirmed;
    }

    void confirm() {
        confirmed = true;
        refusals = 0;
    }

    /** A file was refused: whether the phone, which hashed others, may be asked about further ones all the same. */
    boolean tolerates() {
        return used && confirmed && ++refusals < MOST_REFUSALS;
    }

    /** From here on the phone is asked nothing. What was asked is answered as refused. */
    public void giveUp() {
        used = false;
        synchronized (lock) {
            while (!questions.isEmpty()) {
                answers.add(new Answer(Kind.REFUSED, questions.remove(), ""));
            }
        }
    }

    void ask(MediaFile file) {
        waitingFiles++;
        waitingBytes += file.size();
        synchronized (lock) {
            questions.add(file);
            lock.notifyAll();
        }
        if (thread.isEmpty()) {
            Thread asking = new Thread(this::answerAll, "shoebox-phone-hash");
            asking.setDaemon(true);
            asking.start();
            thread = Optional.of(asking);
        }
    }

    /** Whether so much waits for an answer that nothing more should be read meanwhile. */
    boolean isFull() {
        return waitingFiles >= MOST_WAITING_FILES || waitingBytes >= MOST_WAITING_BYTES;
    }

    /**
     * The next answer.
     *
     * @param wait whether to wait a little for one
     */
    Optional<Answer> poll(boolean wait) {
        long from = System.nanoTime();
        Optional<Answer> answer;
        synchronized (lock) {
            long until = from + TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS);
            try {
                for (long left = until - from;
                        answers.isEmpty() && wait && left > 0;
                        left = until - System.nanoTime()) {
                    TimeUnit.NANOSECONDS.timedWait(lock, left);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            answer = Optional.ofNullable(answers.poll());
        }
        if (wait) {
            waited += System.nanoTime() - from;
            if (used && waited > LEAST_WAIT && waited > (System.nanoTime() - begun) / SHARE) {
                giveUp();
            }
        }
        answer.ifPresent(taken -> {
            waitingFiles--;
            waitingBytes -= taken.file().size();
        });
        return answer;
    }

    private void answerAll() {
        while (true) {
            MediaFile file;
            synchronized (lock) {
                while (questions.isEmpty() && !closed) {
                    try {
                        lock.wait();
                    } catch (InterruptedException e) {
                        // Nobody interrupts this thread; close() ends it.
                    }
                }
                if (closed) {
                    break;
                }
                file = questions.remove();
            }
            Answer answer = hash(file);
            synchronized (lock) {
                answers.add(answer);
                lock.notifyAll();
            }
        }
        disconnect();
    }

    private Answer hash(MediaFile file) {
        synchronized (asking) {
            return hashAlone(file);
        }
    }

    private Answer hashAlone(MediaFile file) {
        try {
            if (connection.isEmpty()) {
                connection = Optional.of(source.orElseThrow().hashes());
            }
            Optional<String> sha1 = connection.get().sha1(file);
            return sha1.map(hash -> new Answer(Kind.HASHED, file, hash))
                    .orElseGet(() -> new Answer(Kind.REFUSED, file, ""));
        } catch (IOException lost) {
            disconnect();
            // A phone that breaks the connection at this question would do so again.
            return new Answer(++losses < MOST_LOSSES ? Kind.LOST : Kind.REFUSED, file, "");
        }
    }

    private void disconnect() {
        connection.ifPresent(FileHashes::close);
        connection = Optional.empty();
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
        if (thread.isEmpty()) {
            disconnect();
        }
    }
}
