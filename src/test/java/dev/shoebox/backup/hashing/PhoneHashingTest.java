package dev.shoebox.backup.hashing;

import dev.shoebox.backup.hashing.PhoneHashing.Answer;
import dev.shoebox.backup.hashing.PhoneHashing.Kind;
import dev.shoebox.photos.fingerprint.ContentDigest;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.SelfHashing;
import dev.shoebox.photos.source.SelfHashing.FileHashes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Which pieces of a film a phone is asked to hash, and when. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PhoneHashingTest {
    private static final long PIECE = ContentDigest.PIECE;
    private static final MediaFile FILM =
            new MediaFile("DCIM/100APPLE/IMG_0001.MOV", 3 * PIECE + 5, Instant.EPOCH, Optional.empty());

    private static final MediaFile PHOTO =
            new MediaFile("DCIM/100APPLE/IMG_0002.JPG", 7, Instant.EPOCH, Optional.empty());

    /** Answers each request for a piece with its number, after one lost connection. */
    private static final class Source implements SelfHashing, FileHashes {
        private final BlockingQueue<Long> asked = new LinkedBlockingQueue<>();
        private final List<Long> lost = new ArrayList<>();
        private final AtomicInteger connections = new AtomicInteger();
        private boolean refuses;
        private boolean answersTogether;
        private boolean breaksOnSeveral;

        private final BlockingQueue<List<MediaFile>> together = new LinkedBlockingQueue<>();
        private final Set<MediaFile> broken = new HashSet<>();

        /** One permit for each request about whole files. */
        private final Semaphore answering = new Semaphore(0);

        @Override
        public FileHashes hashes() {
            connections.incrementAndGet();
            return this;
        }

        @Override
        public boolean answersAtHand(Question question) {
            try {
                return question.ask(this).isPresent();
            } catch (IOException lost) {
                return false;
            }
        }

        @Override
        public Optional<String> sha1(MediaFile file) throws IOException {
            if (refuses) {
                return Optional.empty();
            }
            assertNotEquals(FILM, file, "a film is not hashed as a whole");
            if (broken.remove(file)) {
                throw new IOException("the cable was pulled");
            }
            return Optional.of(file.path());
        }

        @Override
        public Optional<String> sha1(MediaFile file, long start, long length) throws IOException {
            if (refuses) {
                return Optional.empty();
            }
            if (length == 1 << 20) {
                return Optional.of("whether it does that at all");
            }
            asked.add(start / PIECE);
            if (lost.remove(start / PIECE)) {
                throw new IOException("the cable was pulled");
            }
            return Optional.of(start / PIECE + "-" + length + " ");
        }

        @Override
        public void sha1(List<MediaFile> files, Consumer<Optional<String>> answered) throws IOException {
            together.add(files);
            answering.acquireUninterruptibly();
            if (breaksOnSeveral && files.size() > 1) {
                throw new IOException("too much at once");
            }
            if (answersTogether && connections.get() == 1 && files.stream().anyMatch(broken::contains)) {
                throw new IOException("the cable was pulled");
            }
            for (MediaFile file : files) {
                if (broken.remove(file)) {
                    throw new IOException("the cable was pulled");
                }
                answered.accept(Optional.of(file.path()));
            }
        }

        @Override
        public void close() {}
    }

    private static final String WHOLE = "0-" + PIECE + " 1-" + PIECE + " 2-" + PIECE + " 3-5 ";

    private static Answer answer(PhoneHashing hashing) {
        Optional<Answer> answer = hashing.poll(true);
        while (answer.isEmpty()) {
            answer = hashing.poll(true);
        }
        return answer.get();
    }

    @Test
    void aFilmIsHashedPieceByPieceWhileItComes() throws InterruptedException {
        Source source = new Source();
        try (PhoneHashing hashing = new PhoneHashing(source)) {
            hashing.came(FILM, PIECE - 1);
            hashing.came(FILM, PIECE);
            assertEquals(0, source.asked.take());
            hashing.came(FILM, PIECE + 1);
            hashing.came(FILM, 3 * PIECE);
            assertEquals(1, source.asked.take());
            assertEquals(2, source.asked.take());
            assertTrue(hashing.poll(false).isEmpty(), "it is not whole yet");
            hashing.ask(FILM);
            assertEquals(new Answer(Kind.HASHED, FILM, WHOLE), answer(hashing));
            assertEquals(List.of(3L), List.copyOf(source.asked));
        }
    }

    @Test
    void aFilmInterruptedByAPulledCableIsHashedAgainOnceItIsComplete() {
        Source source = new Source();
        source.answering.release();
        source.lost.add(1L);
        try (PhoneHashing hashing = new PhoneHashing(source)) {
            hashing.came(FILM, 2 * PIECE);
            hashing.ask(PHOTO);
            assertEquals(PHOTO, answer(hashing).file());
            hashing.ask(FILM);
            assertEquals(new Answer(Kind.HASHED, FILM, WHOLE), answer(hashing));
        }
    }

    @Test
    void aFilmThatIsAskedForTwiceIsHashedTwice() {
        Source source = new Source();
        try (PhoneHashing hashing = new PhoneHashing(source)) {
            for (int times = 1; times <= 2; times++) {
                hashing.came(FILM, 2 * PIECE);
                hashing.ask(FILM);
                assertEquals(WHOLE, answer(hashing).sha1());
                assertEquals(4 * times, source.asked.size());
            }
        }
    }

    @Test
    void requestsToAnAbandonedPhoneAreRefused() {
        Source source = new Source();
        try (PhoneHashing hashing = new PhoneHashing(source)) {
            hashing.came(FILM, PIECE);
            hashing.ask(FILM);
            hashing.giveUp();
            assertEquals(FILM, answer(hashing).file());
            assertTrue(hashing.poll(false).isEmpty(), "one answer is enough");
        }
    }

    /** Another connection costs a phone a quarter of a second before the first byte arrives. */
    @Test
    void aPhoneThatDoesNotHashGetsNoConnectionForIt() {
        for (MediaFile file : List.of(PHOTO, FILM)) {
            Source source = new Source();
            source.refuses = true;
            try (PhoneHashing hashing = new PhoneHashing(source)) {
                hashing.probe(file);
                assertFalse(hashing.covers(file));
                assertEquals(0, source.connections.get());
            }
        }
    }

    @Test
    void aPhoneThatHashesGetsOneConnectionForIt() {
        Source source = new Source();
        source.answering.release();
        try (PhoneHashing hashing = new PhoneHashing(source)) {
            hashing.probe(FILM);
            hashing.ask(PHOTO);
            assertEquals(new Answer(Kind.HASHED, PHOTO, PHOTO.path()), answer(hashing));
            assertEquals(1, source.connections.get());
        }
    }

    private static MediaFile photo(int number, long bytes) {
        return new MediaFile("DCIM/100APPLE/IMG_%04d.JPG".formatted(number), bytes, Instant.EPOCH, Optional.empty());
    }

    /** One after another, small files would take a round trip each. */
    @Test
    void waitingPhotosAreRequestedTogether() throws InterruptedException {
        Source source = new Source();
        List<MediaFile> photos =
                IntStream.range(0, 10).mapToObj(i -> photo(i, 100_000)).toList();
        try (PhoneHashing hashing = new PhoneHashing(source)) {
            hashing.ask(PHOTO);
            assertEquals(List.of(PHOTO), source.together.take());
            photos.forEach(hashing::ask);
            source.answering.release(2);
            assertEquals(photos, source.together.take());
            assertEquals(PHOTO, answer(hashing).file());
            for (MediaFile photo : photos) {
                assertEquals(new Answer(Kind.HASHED, photo, photo.path()), answer(hashing));
            }
        }
    }

    /** A request of its own costs as much CPU time as hashing a small file. */
    @Test
    void photosAreAskedForOnceThereAreEnough() throws InterruptedException {
        Source source = new Source();
        source.answering.release();
        List<MediaFile> photos =
                IntStream.range(0, 32).mapToObj(i -> photo(i, 100_000)).toList();
        try (PhoneHashing hashing = new PhoneHashing(source, Duration.ofHours(1))) {
            photos.forEach(hashing::ask);
            assertEquals(photos, source.together.take());
        }
    }

    @Test
    void aPhotoWhoseAnswerIsAwaitedIsAskedForAtOnce() {
        Source source = new Source();
        source.answering.release();
        try (PhoneHashing hashing = new PhoneHashing(source, Duration.ofHours(1))) {
            hashing.ask(PHOTO);
            assertEquals(new Answer(Kind.HASHED, PHOTO, PHOTO.path()), answer(hashing));
        }
    }

    /** A closing run waits for what was requested, and other programs wait for the phone. */
    @Test
    void theBytesRequestedTogetherAreLimited() throws InterruptedException {
        Source source = new Source();
        List<MediaFile> large =
                IntStream.range(0, 5).mapToObj(i -> photo(i, 10 << 20)).toList();
        try (PhoneHashing hashing = new PhoneHashing(source)) {
            hashing.ask(PHOTO);
            assertEquals(List.of(PHOTO), source.together.take());
            large.forEach(hashing::ask);
            source.answering.release(10);
            assertEquals(large.subList(0, 2), source.together.take());
            assertEquals(large.subList(2, 4), source.together.take());
        }
    }

    /** Requests that were sent together get no answer if the phone breaks the connection soon enough. */
    @Test
    void theFileThatBreaksTheConnectionIsFoundIfNoAnswerCame() throws InterruptedException {
        Source source = new Source();
        List<MediaFile> photos =
                IntStream.range(0, 5).mapToObj(i -> photo(i, 7)).toList();
        source.broken.add(photos.get(3));
        source.answersTogether = true;
        source.answering.release(10);
        try (PhoneHashing hashing = new PhoneHashing(source)) {
            photos.forEach(hashing::ask);
            List<Answer> answers = new ArrayList<>();
            while (answers.size() < photos.size()) {
                answers.add(answer(hashing));
            }
            assertEquals(
                    List.of(photos.get(3)),
                    answers.stream()
                            .filter(answer -> answer.kind() != Kind.HASHED)
                            .map(Answer::file)
                            .toList());
        }
    }

    @Test
    void onlyTheFileAtWhichTheConnectionBrokeIsLost() throws InterruptedException {
        Source source = new Source();
        List<MediaFile> photos =
                IntStream.range(0, 5).mapToObj(i -> photo(i, 7)).toList();
        source.broken.add(photos.get(2));
        source.answering.release(10);
        try (PhoneHashing hashing = new PhoneHashing(source)) {
            photos.forEach(hashing::ask);
            List<Answer> answers = new ArrayList<>();
            while (answers.size() < photos.size()) {
                answers.add(answer(hashing));
            }
            assertEquals(photos, answers.stream().map(Answer::file).toList());
            assertEquals(
                    List.of(Kind.HASHED, Kind.HASHED, Kind.LOST, Kind.HASHED, Kind.HASHED),
                    answers.stream().map(Answer::kind).toList());
            assertEquals(2, source.connections.get());
        }
    }

    @Test
    void aPhoneThatBreaksAtSeveralRequestsIsAskedOneByOne() throws InterruptedException {
        Source source = new Source();
        List<MediaFile> photos =
                IntStream.range(0, 320).mapToObj(i -> photo(i, 7)).toList();
        source.breaksOnSeveral = true;
        source.answering.release(1000);
        try (PhoneHashing hashing = new PhoneHashing(source, Duration.ofHours(1))) {
            List<Answer> answers = new ArrayList<>();
            for (MediaFile photo : photos) {
                hashing.ask(photo);
                while (hashing.isFull()) {
                    answers.add(answer(hashing));
                }
            }
            while (answers.size() < photos.size()) {
                answers.add(answer(hashing));
            }
            for (Answer answer : answers) {
                assertEquals(Kind.HASHED, answer.kind(), answer.file().path());
            }
            assertTrue(source.connections.get() < 6, source.connections + " connections");
        }
    }
}
