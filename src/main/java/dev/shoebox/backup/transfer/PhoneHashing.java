package dev.shoebox.backup.transfer;

import dev.shoebox.photos.fingerprint.ContentDigest;
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
    /** So many bytes may wait for an answer; then the stream waits, too. */
    private static final long MOST_WAITING_BYTES = 512 << 20;

    private static final int MOST_WAITING_FILES = 256;
    private static final int MOST_LOSSES = 3;

    /** What is hashed of a file to see whether the phone does that, in bytes. */
    private static final long TRIED = 1 << 20;

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

    /** Whether it hashes ranges of files, once it was asked. */
    private Optional<Boolean> ranges = Optional.empty();

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

    /** @param sha1 as {@link ContentDigest} has it; empty unless it was hashed */
    public record Answer(Kind kind, MediaFile file, String sha1) {}

    /** Asks for one file, which is a small one of those that will be read anyway, and waits for the answer. */
    public void probe(MediaFile file) {
        if (!used || probed) {
            return;
        }
        probed = true;
        // A film would be hashed for seconds, and nothing streams yet.
        boolean byRange = file.size() > TRIED && hashesRanges(file);
        if (!byRange && hash(file).kind() != Kind.HASHED) {
            giveUp();
        }
    }

    /** Asks for one file, and waits for as long as that takes: reading the file instead would take longer. */
    public Answer hashed(MediaFile file) {
        return used ? hash(file) : new Answer(Kind.REFUSED, file, "");
    }

    /**
     * Asks for a range of a file, and waits for as long as that takes.
     *
     * @param start the first byte
     * @param length in bytes, at least 1
     */
    Answer hashed(MediaFile file, long start, long length) {
        return used
                ? hash(file, connection -> connection.sha1(file, start, length))
                : new Answer(Kind.REFUSED, file, "");
    }

    /** Whether the phone answers about ranges of files; asks it about the beginning of one, unless it answered before. */
    boolean hashesRanges(MediaFile file) {
        if (used && ranges.isEmpty()) {
            ranges = Optional.of(hashed(file, 0, Math.min(file.size(), TRIED)).kind() == Kind.HASHED);
        }
        return used && ranges.get();
    }

    /** Whether the phone is to be asked about this file. */
    public boolean covers(MediaFile file) {
        return used && file.size() > 0 && (file.size() <= ContentDigest.PART || hashesRanges(file));
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
        return hash(file, connection -> connection.sha1(file));
    }

    /** One question. */
    private interface Question {
        Optional<String> ask(FileHashes connection) throws IOException;
    }

    private Answer hash(MediaFile file, Question question) {
        synchronized (asking) {
            return hashAlone(file, question);
        }
    }

    private Answer hashAlone(MediaFile file, Question question) {
        try {
            if (connection.isEmpty()) {
                connection = Optional.of(source.orElseThrow().hashes());
            }
            Optional<String> sha1 = question.ask(connection.get());
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
