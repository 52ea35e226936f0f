package dev.shoebox.backup.transfer;

import dev.shoebox.photos.fingerprint.ContentDigest;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.SelfHashing;
import dev.shoebox.photos.source.SelfHashing.FileHashes;
import dev.shoebox.photos.source.SelfHashing.Question;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Has a phone hash files while the next ones stream, on its own thread and connection. Its answers are trusted as long
 * as they equal what two reads agree on. A phone that refuses, errs or takes too long is not asked again. Used by one
 * thread.
 */
public final class PhoneHashing implements Closeable {
    /** At most so many bytes wait for an answer; then the stream waits, too. */
    private static final long MOST_WAITING_BYTES = 512 << 20;

    private static final int MOST_WAITING_FILES = 256;
    private static final int MOST_LOSSES = 3;

    /** The most bytes to hash when testing whether the phone hashes files. */
    private static final long TRIED = 1 << 20;

    /** After so many refusals in a row, the phone is not asked again. */
    private static final int MOST_REFUSALS = 3;

    /** A run may wait for answers for this fraction of its time, above the minimum. */
    private static final int SHARE = 10;

    private static final long LEAST_WAIT = TimeUnit.SECONDS.toNanos(2);
    private static final long POLL_MILLIS = 50;

    private final SelfHashing source;
    private final Object lock = new Object();

    /** Held while the connection is in use. */
    private final Object asking = new Object();

    private final Deque<Inquiry> questions = new ArrayDeque<>();

    /** The files that are hashed piece by piece while they arrive, by path. */
    private final Map<String, Pieces> pieces = new HashMap<>();

    private final Deque<Answer> answers = new ArrayDeque<>();
    private final long begun = System.nanoTime();
    private FileHashes connection; // or null
    private Thread thread; // or null
    private boolean used;

    /** Whether the phone hashes ranges of files; null until it was asked. */
    private Boolean ranges; // or null

    private boolean probed;
    private boolean confirmed;
    private boolean closed;
    private int waitingFiles;
    private long waitingBytes;
    private long waited;
    private int losses;
    private int refusals;

    /** @param source {@link SelfHashing#NONE} if nothing is to be asked */
    public PhoneHashing(SelfHashing source) {
        this.source = source;
        this.used = source != SelfHashing.NONE;
    }

    /** The result of a request. */
    public enum Kind {
        HASHED,
        REFUSED,
        LOST
    }

    /** @param sha1 in the form of {@link ContentDigest}; empty unless hashed */
    public record Answer(Kind kind, MediaFile file, String sha1) {}

    /** @param piece the number of a piece; {@link #WHOLE} for the whole file */
    private record Inquiry(MediaFile file, int piece) {
        static final int WHOLE = -1;

        boolean isOfAll() {
            return piece == WHOLE;
        }
    }

    /** The state of a file that is hashed piece by piece. */
    private static final class Pieces {
        private final MediaFile file;
        private final String[] hashes;
        private int asked;
        private int answered;

        /** Whether the whole file has arrived and its answer is awaited. */
        private boolean wanted;

        /** Null until a piece is not hashed. */
        private Kind failure;

        Pieces(MediaFile file) {
            this.file = file;
            this.hashes = new String[count(file)];
        }

        static int count(MediaFile file) {
            return (int) ((file.size() + ContentDigest.PIECE - 1) / ContentDigest.PIECE);
        }

        Optional<Answer> answer() {
            if (wanted && failure != null) {
                return Optional.of(new Answer(failure, file, ""));
            }
            boolean isWhole = wanted && answered == hashes.length;
            return isWhole ? Optional.of(new Answer(Kind.HASHED, file, String.join("", hashes))) : Optional.empty();
        }
    }

    /** Has the phone hash a small file that will be read anyway. Must not be called while a stream is open. */
    public void probe(MediaFile file) {
        if (!used || probed) {
            return;
        }
        probed = true;
        // Hashing a film would take seconds, while nothing streams yet.
        if (file.size() > TRIED) {
            ranges = source.answersAtHand(connection -> connection.sha1(file, 0, TRIED));
        }
        if (!Boolean.TRUE.equals(ranges) && !source.answersAtHand(connection -> connection.sha1(file))) {
            giveUp();
        }
    }

    /** Has the phone hash one file, and waits: reading the file would take longer. */
    public Answer hashed(MediaFile file) {
        return used ? hash(file) : new Answer(Kind.REFUSED, file, "");
    }

    /**
     * Has the phone hash a range of a file, and waits as long as that takes.
     *
     * @param start the first byte
     * @param length in bytes, at least 1
     */
    Answer hashed(MediaFile file, long start, long length) {
        return used
                ? hash(file, connection -> connection.sha1(file, start, length))
                : new Answer(Kind.REFUSED, file, "");
    }

    /** Returns whether the phone hashes ranges; tests it unless that is known. */
    boolean hashesRanges(MediaFile file) {
        if (used && ranges == null) {
            ranges = hashed(file, 0, Math.min(file.size(), TRIED)).kind() == Kind.HASHED;
        }
        return used && ranges;
    }

    /** Returns whether to ask the phone about this file. */
    public boolean covers(MediaFile file) {
        return used && file.size() > 0 && (file.size() <= ContentDigest.PART || hashesRanges(file));
    }

    boolean isUsed() {
        return used;
    }

    /** Returns whether any answer was right. */
    boolean isConfirmed() {
        return confirmed;
    }

    void confirm() {
        confirmed = true;
        refusals = 0;
    }

    /** Returns whether to ask further after a refusal. */
    boolean tolerates() {
        return used && confirmed && ++refusals < MOST_REFUSALS;
    }

    /** Stops asking the phone. Open requests are answered as refused. */
    public void giveUp() {
        used = false;
        synchronized (lock) {
            questions.stream()
                    .filter(Inquiry::isOfAll)
                    .forEach(question -> answers.add(new Answer(Kind.REFUSED, question.file(), "")));
            questions.clear();
            pieces.values().stream()
                    .filter(file -> file.wanted)
                    .forEach(file -> answers.add(new Answer(Kind.REFUSED, file.file, "")));
            pieces.clear();
        }
    }

    /** Returns whether to hash the file piece by piece while it arrives, so that the answer is ready soon after. */
    boolean asksForPieces(MediaFile file) {
        return used && file.size() > ContentDigest.PIECE && hashesRanges(file);
    }

    /**
     * Requests hashes of the pieces that have arrived completely.
     *
     * @param length the number of bytes that have arrived
     */
    void came(MediaFile file, long length) {
        if (length >= ContentDigest.PIECE && asksForPieces(file)) {
            synchronized (lock) {
                askPieces(file, (int) (length / ContentDigest.PIECE));
            }
            start();
        }
    }

    /** Requests the first pieces of a file, unless requested before. */
    private Pieces askPieces(MediaFile file, int count) {
        Pieces known = pieces.merge(file.path(), new Pieces(file), (old, fresh) -> old.file.equals(file) ? old : fresh);
        for (; known.asked < count && known.failure == null; known.asked++) {
            questions.add(new Inquiry(file, known.asked));
        }
        lock.notifyAll();
        return known;
    }

    void ask(MediaFile file) {
        waitingFiles++;
        waitingBytes += file.size();
        boolean byPieces = asksForPieces(file);
        synchronized (lock) {
            if (byPieces) {
                pieces.computeIfPresent(file.path(), (path, known) -> known.failure == Kind.LOST ? null : known);
                Pieces all = askPieces(file, Pieces.count(file));
                all.wanted = true;
                answerIfComplete(all);
            } else {
                questions.add(new Inquiry(file, Inquiry.WHOLE));
            }
            lock.notifyAll();
        }
        start();
    }

    private void answerIfComplete(Pieces file) {
        file.answer().ifPresent(answer -> {
            pieces.remove(file.file.path());
            answers.add(answer);
        });
    }

    private void start() {
        if (thread == null) {
            Thread asking = new Thread(this::answerAll, "shoebox-phone-hash");
            asking.setDaemon(true);
            asking.start();
            thread = asking;
        }
    }

    /** Returns whether so many bytes await an answer that reading must pause. */
    boolean isFull() {
        return waitingFiles >= MOST_WAITING_FILES || waitingBytes >= MOST_WAITING_BYTES;
    }

    /**
     * Returns the next answer.
     *
     * @param wait whether to wait briefly for one
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
            Inquiry question;
            synchronized (lock) {
                while (questions.isEmpty() && !closed) {
                    try {
                        lock.wait();
                    } catch (InterruptedException e) {
                        // This thread is never interrupted; close() ends it.
                    }
                }
                if (closed) {
                    break;
                }
                question = questions.remove();
            }
            Answer answer = hash(question);
            synchronized (lock) {
                take(question, answer);
                lock.notifyAll();
            }
        }
        disconnect();
    }

    private Answer hash(Inquiry question) {
        MediaFile file = question.file();
        long start = question.piece() * ContentDigest.PIECE;
        long length = Math.min(ContentDigest.PIECE, file.size() - start);
        return question.isOfAll() ? hash(file) : hash(file, connection -> connection.sha1(file, start, length));
    }

    private void take(Inquiry question, Answer answer) {
        Pieces file = pieces.get(question.file().path());
        int piece = question.piece();
        if (question.isOfAll()) {
            answers.add(answer);
        } else if (file != null && file.file.equals(question.file())) {
            // Otherwise the phone was given up, or the file changed meanwhile.
            if (answer.kind() != Kind.HASHED) {
                file.failure = answer.kind();
                questions.removeIf(other -> other.file().equals(file.file));
            } else if (file.hashes[piece] == null) {
                file.hashes[piece] = answer.sha1();
                file.answered++;
            }
            answerIfComplete(file);
        }
    }

    private Answer hash(MediaFile file) {
        return hash(file, connection -> connection.sha1(file));
    }

    private Answer hash(MediaFile file, Question question) {
        synchronized (asking) {
            return hashAlone(file, question);
        }
    }

    private Answer hashAlone(MediaFile file, Question question) {
        try {
            if (connection == null) {
                connection = source.hashes();
            }
            Optional<String> sha1 = question.ask(connection);
            return sha1.map(hash -> new Answer(Kind.HASHED, file, hash))
                    .orElseGet(() -> new Answer(Kind.REFUSED, file, ""));
        } catch (IOException lost) {
            disconnect();
            // A phone that breaks the connection at this request would do so again.
            return new Answer(++losses < MOST_LOSSES ? Kind.LOST : Kind.REFUSED, file, "");
        }
    }

    private void disconnect() {
        if (connection != null) {
            connection.close();
        }
        connection = null;
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
        if (thread == null) {
            disconnect();
        }
    }
}
