package dev.shoebox.backup.hashing;

import dev.shoebox.photos.fingerprint.ContentDigest;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.SelfHashing;

import java.io.Closeable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
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

    /** The most bytes to hash when testing whether the phone hashes files. */
    private static final long TRIED = 1 << 20;

    /** After so many refusals in a row, the phone is not asked again. */
    private static final int MOST_REFUSALS = 3;

    /** A run may wait for answers for this fraction of its time, above the minimum. */
    private static final int SHARE = 10;

    private static final long LEAST_WAIT = TimeUnit.SECONDS.toNanos(2);
    private static final long POLL_MILLIS = 50;

    /** How long a small file waits for others to be requested with it. */
    private static final Duration GATHERING = Duration.ofMillis(10);

    private final SelfHashing source;
    private final Object lock = new Object();

    private final HashConnection connection;
    private final InquiryQueue questions;

    /** The files that are hashed piece by piece while they arrive, by path. */
    private final Map<String, Pieces> pieces = new HashMap<>();

    private final Deque<Answer> answers = new ArrayDeque<>();
    private final long begun = System.nanoTime();
    private Thread thread; // or null
    private boolean used;

    /** Whether the phone hashes ranges of files; null until it was asked. */
    private Boolean ranges; // or null

    private boolean probed;
    private boolean confirmed;
    private int waitingFiles;
    private long waitingBytes;
    private long waited;
    private int refusals;

    /** @param source {@link SelfHashing#NONE} if nothing is to be asked */
    public PhoneHashing(SelfHashing source) {
        this(source, GATHERING);
    }

    /** @param gathering how long a small file waits for others */
    PhoneHashing(SelfHashing source, Duration gathering) {
        this.source = source;
        this.questions = new InquiryQueue(lock, gathering);
        this.connection = new HashConnection(source);
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
        return used ? connection.ask(file, hashes -> hashes.sha1(file)) : new Answer(Kind.REFUSED, file, "");
    }

    /**
     * Has the phone hash a range of a file, and waits as long as that takes.
     *
     * @param start the first byte
     * @param length in bytes, at least 1
     */
    public Answer hashed(MediaFile file, long start, long length) {
        return used ? ask(file, start, length) : new Answer(Kind.REFUSED, file, "");
    }

    private Answer ask(MediaFile file, long start, long length) {
        return connection.ask(file, hashes -> hashes.sha1(file, start, length));
    }

    /** Returns whether the phone hashes ranges; tests it unless that is known. */
    public boolean hashesRanges(MediaFile file) {
        if (used && ranges == null) {
            ranges = hashed(file, 0, Math.min(file.size(), TRIED)).kind() == Kind.HASHED;
        }
        return used && ranges;
    }

    /** Returns whether to ask the phone about this file. */
    public boolean covers(MediaFile file) {
        return used && file.size() > 0 && (file.size() <= ContentDigest.PART || hashesRanges(file));
    }

    public boolean isUsed() {
        return used;
    }

    /** Returns whether any answer was right. */
    public boolean isConfirmed() {
        return confirmed;
    }

    public void confirm() {
        confirmed = true;
        refusals = 0;
    }

    /** Returns whether to ask further after a refusal. */
    public boolean tolerates() {
        return used && confirmed && ++refusals < MOST_REFUSALS;
    }

    /** Stops asking the phone. Open requests are answered as refused. */
    public void giveUp() {
        used = false;
        synchronized (lock) {
            questions.clear().forEach(file -> answers.add(new Answer(Kind.REFUSED, file, "")));
            pieces.values().stream()
                    .filter(file -> file.wanted)
                    .forEach(file -> answers.add(new Answer(Kind.REFUSED, file.file, "")));
            pieces.clear();
        }
    }

    /** Returns whether to hash the file piece by piece while it arrives, so that the answer is ready soon after. */
    public boolean asksForPieces(MediaFile file) {
        return used && file.size() > ContentDigest.PIECE && hashesRanges(file);
    }

    /**
     * Requests hashes of the pieces that have arrived completely.
     *
     * @param length the number of bytes that have arrived
     */
    public void came(MediaFile file, long length) {
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
            questions.add(new HashInquiry(file, known.asked));
        }
        return known;
    }

    public void ask(MediaFile file) {
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
                questions.add(new HashInquiry(file, HashInquiry.WHOLE));
            }
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
    public boolean isFull() {
        return waitingFiles >= MOST_WAITING_FILES || waitingBytes >= MOST_WAITING_BYTES;
    }

    /**
     * Returns the next answer.
     *
     * @param wait whether to wait briefly for one
     */
    public Optional<Answer> poll(boolean wait) {
        long from = System.nanoTime();
        Optional<Answer> answer;
        synchronized (lock) {
            long until = from + TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS);
            questions.hurry(wait);
            try {
                for (long left = until - from;
                        answers.isEmpty() && wait && left > 0;
                        left = until - System.nanoTime()) {
                    TimeUnit.NANOSECONDS.timedWait(lock, left);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            questions.hurry(false);
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
        for (List<HashInquiry> batch = next(); !batch.isEmpty(); batch = next()) {
            Deque<HashInquiry> asked = new ArrayDeque<>(batch);
            if (batch.get(0).isOfAll()) {
                List<MediaFile> files = batch.stream().map(HashInquiry::file).toList();
                connection.askAll(files, answer -> answered(asked.remove(), answer));
            } else {
                HashInquiry piece = asked.remove();
                answered(piece, ask(piece.file(), piece.start(), piece.length()));
            }
            askAgain(asked);
        }
        connection.close();
    }

    private List<HashInquiry> next() {
        synchronized (lock) {
            return questions.next();
        }
    }

    private void answered(HashInquiry question, Answer answer) {
        synchronized (lock) {
            take(question, answer);
            lock.notifyAll();
        }
    }

    /** Puts back what a lost connection left unanswered; a phone that was given up meanwhile is not asked again. */
    private void askAgain(Deque<HashInquiry> unanswered) {
        synchronized (lock) {
            if (used) {
                questions.putBack(unanswered);
            } else {
                unanswered.forEach(each -> answers.add(new Answer(Kind.REFUSED, each.file(), "")));
            }
        }
    }

    private void take(HashInquiry question, Answer answer) {
        Pieces file = pieces.get(question.file().path());
        int piece = question.piece();
        if (question.isOfAll()) {
            answers.add(answer);
        } else if (file != null && file.file.equals(question.file())) {
            // Otherwise the phone was given up, or the file changed meanwhile.
            if (answer.kind() != Kind.HASHED) {
                file.failure = answer.kind();
                questions.removeOf(file.file);
            } else if (file.hashes[piece] == null) {
                file.hashes[piece] = answer.sha1();
                file.answered++;
            }
            answerIfComplete(file);
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            questions.close();
        }
        if (thread == null) {
            connection.close();
        }
    }
}
