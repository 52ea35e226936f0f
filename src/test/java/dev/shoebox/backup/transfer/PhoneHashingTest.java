package dev.shoebox.backup.transfer;

import dev.shoebox.backup.transfer.PhoneHashing.Answer;
import dev.shoebox.backup.transfer.PhoneHashing.Kind;
import dev.shoebox.photos.fingerprint.ContentDigest;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.SelfHashing;
import dev.shoebox.photos.source.SelfHashing.FileHashes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
        public Optional<String> sha1(MediaFile file) {
            if (refuses) {
                return Optional.empty();
            }
            assertEquals(PHOTO, file, "a film is not hashed as a whole");
            return Optional.of("photo");
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
    void aFilmDuringWhichTheCableWasPulledIsHashedAnewOnceItIsWhole() {
        Source source = new Source();
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
        try (PhoneHashing hashing = new PhoneHashing(source)) {
            hashing.probe(FILM);
            hashing.ask(PHOTO);
            assertEquals(new Answer(Kind.HASHED, PHOTO, "photo"), answer(hashing));
            assertEquals(1, source.connections.get());
        }
    }
}
