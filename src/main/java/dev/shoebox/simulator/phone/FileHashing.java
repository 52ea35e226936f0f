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

/** How a simulated phone answers when it is asked to hash a file itself. May be set at any time from any thread. */
public final class FileHashing {
    private static final int BLOCK = 1 << 20;

    /** What it does with such a question. */
    public enum Answer {
        /** Refuses it, as an operation that it does not support. */
        REFUSED,
        /** Answers with the SHA-1 of what it holds. */
        TRUE,
        /** Answers with 20 bytes that are the hash of nothing. */
        WRONG
    }

    private volatile Answer answer = Answer.REFUSED;
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private volatile long nanosPerByte;
    private volatile boolean readsAtOffsets;

    FileHashing() {}

    /** Answers in this way from now on. */
    public void answer(Answer how) {
        answer = how;
    }

    /** Spends so much of the phone's time on each megabyte that it hashes. */
    public void timePerMegabyte(Duration time) {
        nanosPerByte = time.toNanos() / 1_000_000;
    }

    /** Whether it reads at an offset without moving the file's position, or does not know that request. */
    public void readsAtOffsets(boolean does) {
        readsAtOffsets = does;
    }

    boolean readsAtOffsets() {
        return readsAtOffsets;
    }

    /** Refuses to hash that file. */
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
     * Hashes a part of a file, as long as it reaches.
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
