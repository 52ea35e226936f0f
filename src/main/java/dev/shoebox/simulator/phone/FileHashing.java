package dev.shoebox.simulator.phone;

import dev.shoebox.simulator.library.SimulatedLibrary;
import dev.shoebox.simulator.wire.SimulatedCable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** How a simulated phone responds to requests to hash a file. May be set at any time from any thread. */
public final class FileHashing {
    private static final int BLOCK = 1 << 20;

    /** The kind of response. */
    public enum Answer {
        /** Refuses the operation as not supported. */
        REFUSED,
        /** Returns the SHA-1 of the file. */
        TRUE,
        /** Returns 20 bytes that are not the hash. */
        WRONG
    }

    private volatile Answer answer = Answer.REFUSED;
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private volatile long nanosPerByte;
    private volatile boolean readsAtOffsets;

    FileHashing() {}

    /** Sets the response. */
    public void answer(Answer how) {
        answer = how;
    }

    /** Sets the time that the phone needs to hash each megabyte. */
    public void timePerMegabyte(Duration time) {
        nanosPerByte = time.toNanos() / 1_000_000;
    }

    /** Sets whether the phone supports reads at an offset, which do not move the file's position. */
    public void readsAtOffsets(boolean does) {
        readsAtOffsets = does;
    }

    boolean readsAtOffsets() {
        return readsAtOffsets;
    }

    /** Refuses to hash a file. */
    public void refuse(String path) {
        refused.add(path);
    }

    boolean refuses(String path) {
        return refused.contains(path);
    }

    boolean refuses() {
        return answer == Answer.REFUSED;
    }

    /**
     * Hashes a range of a file, up to the end of the file.
     *
     * @return 20 bytes
     */
    byte[] of(SimulatedLibrary.Content content, long start, long length, SimulatedCable cable)
            throws IOException, InterruptedException {
        long from = System.nanoTime();
        MessageDigest digest = sha1();
        SimulatedLibrary.Scratch scratch = new SimulatedLibrary.Scratch();
        long end = Math.min(content.size(), start + length);
        for (long offset = start; offset < end; offset += BLOCK) {
            for (ByteBuffer part : content.read(offset, (int) Math.min(BLOCK, end - offset), scratch)) {
                digest.update(part);
            }
        }
        if (answer == Answer.WRONG) {
            digest.update((byte) 1);
        }
        cable.await(from + nanosPerByte * Math.max(0, end - start), false);
        return digest.digest();
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-1", e);
        }
    }
}
