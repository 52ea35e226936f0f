package dev.shoebox.destination.ingest;

import dev.shoebox.photos.fingerprint.ContentDigest;
import dev.shoebox.system.thread.Uninterrupted;

import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Computes the digests of one file on another thread while further bytes arrive and are written. Fed by one thread in
 * the order of the file; any thread may request the result.
 */
final class Checksum {
    /** Fewer bytes are hashed faster than another thread wakes up: hashing so many takes 30 microseconds. */
    private static final int WORTH_HANDING_OVER = 32 << 10;

    private final Executor hashing;
    private final ContentDigest digest;
    private int pending;

    /** Null unless some bytes could not be hashed. */
    private Throwable failure;

    /** Null until it is requested. */
    private ContentDigest.Result result;

    /** @param hashing runs one task at a time, in their order */
    Checksum(Executor hashing) {
        this(hashing, new ContentDigest(Set.of()));
    }

    /**
     * @param hashing runs one task at a time, in their order
     * @param digest of the bytes before
     */
    Checksum(Executor hashing, ContentDigest digest) {
        this.hashing = hashing;
        this.digest = digest;
    }

    /**
     * Adds the bytes from position to limit.
     *
     * @param bytes must not be changed until they are released
     * @param release run once, as soon as the bytes are no longer needed, possibly on another thread
     */
    void add(ByteBuffer bytes, Runnable release) {
        boolean here;
        synchronized (this) {
            if (result != null) {
                throw new IllegalStateException("the result is out");
            }
            here = pending == 0 && bytes.remaining() < WORTH_HANDING_OVER;
            pending++;
        }
        if (here) {
            hash(bytes, release);
            return;
        }
        try {
            hashing.execute(() -> hash(bytes, release));
        } catch (RuntimeException | Error refused) {
            failed(refused);
            throw refused;
        }
    }

    private void hash(ByteBuffer bytes, Runnable release) {
        try {
            digest.update(bytes);
            done();
        } catch (RuntimeException | Error bug) {
            // A request for the result must neither wait forever nor get one that lacks these bytes.
            failed(bug);
        } finally {
            release.run();
        }
    }

    /** Passes on the hash of the bytes added so far as soon as it is known, possibly on another thread. */
    void soFar(Consumer<String> then) {
        boolean here;
        synchronized (this) {
            here = pending == 0;
            pending++;
        }
        Runnable copying = () -> {
            try {
                then.accept(digest.sha256SoFar());
                done();
            } catch (RuntimeException | Error bug) {
                failed(bug);
            }
        };
        if (here) {
            copying.run();
        } else {
            hashing.execute(copying);
        }
    }

    private synchronized void done() {
        pending--;
        notifyAll();
    }

    private synchronized void failed(Throwable problem) {
        failure = failure == null ? problem : failure;
        done();
    }

    /**
     * Waits for and returns the SHA-256 of all bytes, as 64 lower-case hexadecimal digits. Nothing can be added
     * afterwards.
     */
    String sha256() {
        return result().sha256();
    }

    /** Waits for and returns the digests of all bytes. Nothing can be added afterwards. */
    synchronized ContentDigest.Result result() {
        Uninterrupted.await(this, () -> pending == 0);
        if (failure != null) {
            throw new IllegalStateException("not every byte was hashed", failure);
        }
        if (result == null) {
            result = digest.complete();
        }
        return result;
    }
}
