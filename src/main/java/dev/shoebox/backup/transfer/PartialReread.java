package dev.shoebox.backup.transfer;

import dev.shoebox.backup.hashing.PhoneHashing;
import dev.shoebox.backup.hashing.PhoneHashing.Answer;
import dev.shoebox.backup.hashing.PhoneHashing.Kind;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.ingest.Ingest;
import dev.shoebox.destination.ingest.Staged;
import dev.shoebox.photos.fingerprint.ContentDigest.Extra;
import dev.shoebox.photos.fingerprint.FingerprintDigest;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.system.thread.Uninterrupted;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/**
 * Rereads only the ranges of a file that differ, by the phone's own hashes of ranges. The result is assembled beside
 * the received file, and counts like any other read: it must still match the library's claim or the phone's hash. A
 * crash at any line leaves two partial files.
 */
final class PartialReread {
    /** A smaller file is faster to read again as a whole, in bytes. */
    static final long WORTHWHILE = 32 << 20;

    /** The size of a range, in bytes. */
    private static final int RANGE = 4 << 20;

    /** How often a range is read again. */
    private static final int TRIES = 3;

    private final MediaSource source;
    private final Ingest ingest;
    private final PhoneHashing hashing;

    PartialReread(MediaSource source, Ingest ingest, PhoneHashing hashing) {
        this.source = source;
        this.ingest = ingest;
        this.hashing = hashing;
    }

    /** The result of a partial reread. */
    enum Outcome {
        /** Only the differing ranges were read again. */
        MENDED,
        /** The received file is what the phone has. */
        SAME,
        /** The file must be read again as a whole. */
        NOT_POSSIBLE
    }

    /** @param mended empty unless the outcome is {@link Outcome#MENDED} */
    record Result(Outcome outcome, Optional<Staged> mended) {
        private static final Result NOT_POSSIBLE = new Result(Outcome.NOT_POSSIBLE, Optional.empty());
    }

    /**
     * Compares the received file with the phone's. Must not be called while a stream is open.
     *
     * @param extras what to compute of the assembled file
     * @throws DestinationException if the destination is lost
     */
    Result of(MediaFile file, Staged came, Set<Extra> extras) throws DestinationException {
        try (SeekableByteChannel bytes = came.bytes()) {
            Map<Long, String> wrong = new TreeMap<>();
            for (long start = 0; start < file.size(); start += RANGE) {
                int length = (int) Math.min(RANGE, file.size() - start);
                Answer there = hashing.hashed(file, start, length);
                if (there.kind() != Kind.HASHED) {
                    return Result.NOT_POSSIBLE;
                }
                if (!there.sha1().equals(sha1(read(bytes, start, length)))) {
                    wrong.put(start, there.sha1());
                }
                if (!wrong.isEmpty() && (file.size() < WORTHWHILE || wrong.size() * 2L * RANGE > file.size())) {
                    return Result.NOT_POSSIBLE;
                }
            }
            if (wrong.isEmpty()) {
                return new Result(Outcome.SAME, Optional.empty());
            }
            return ingest.canSpare(file.size())
                    ? mended(file, bytes, wrong, ingest.stage(file, extras))
                    : Result.NOT_POSSIBLE;
        } catch (DestinationException.Full noRoom) {
            return Result.NOT_POSSIBLE;
        } catch (DestinationException broken) {
            throw broken;
        } catch (IOException lost) {
            // A failure of the source: reading the file again shows it.
            return Result.NOT_POSSIBLE;
        }
    }

    private Result mended(MediaFile file, SeekableByteChannel came, Map<Long, String> wrong, Staged mended)
            throws IOException {
        boolean done = false;
        try (SeekableByteChannel phone = source.open(file)) {
            for (long start = 0; start < file.size(); start += RANGE) {
                int length = (int) Math.min(RANGE, file.size() - start);
                Optional<ByteBuffer> bytes = wrong.containsKey(start)
                        ? again(phone, start, length, wrong.get(start))
                        : Optional.of(read(came, start, length));
                if (bytes.isEmpty()) {
                    return Result.NOT_POSSIBLE;
                }
                write(mended, bytes.get());
            }
            done = true;
            return new Result(Outcome.MENDED, Optional.of(mended));
        } finally {
            if (!done) {
                mended.close();
            }
        }
    }

    private static Optional<ByteBuffer> again(SeekableByteChannel phone, long start, int length, String sha1)
            throws IOException {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            ByteBuffer bytes = read(phone, start, length);
            if (sha1.equals(sha1(bytes))) {
                return Optional.of(bytes);
            }
        }
        return Optional.empty();
    }

    /** Writes a range and waits until it is hashed, so that only one range is in memory. */
    private static void write(Staged mended, ByteBuffer bytes) throws DestinationException {
        CountDownLatch hashed = new CountDownLatch(1);
        mended.write(bytes, hashed::countDown);
        Uninterrupted.get(() -> {
            hashed.await();
            return true;
        });
    }

    /** Returns fewer bytes if the file ends earlier. */
    private static ByteBuffer read(SeekableByteChannel channel, long start, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        channel.position(start);
        while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
            // Reads until the buffer is full.
        }
        return bytes.flip();
    }

    private static String sha1(ByteBuffer bytes) {
        var digest = FingerprintDigest.sha1();
        digest.update(bytes.duplicate());
        return HexFormat.of().formatHex(digest.digest());
    }
}
