package dev.shoebox;

import com.sun.management.ThreadMXBean;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Random;

/** Makes hostile input from valid input, by a seed, and measures what reading it costs. */
public final class Hostile {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long MOST_NANOS = 2_000_000_000L;
    private static final long MOST_ALLOCATED = 256L << 20;
    private static final byte[] TELLING = {0, 1, 7, 8, '.', '/', '\\', '"', '\n', 0x7f, (byte) 0x80, (byte) 0xff};

    private static final String LETTERS = "./AaeE~ 1";

    private final Random random;
    private long cases;
    private long slowest;
    private long hungriest;

    public Hostile() {
        this.random = new Random(Proof.seed());
    }

    /** The code under test. */
    public interface Reading {
        /** @throws IOException if the bytes are not valid */
        void read() throws IOException;
    }

    /**
     * One random change: truncated, bytes or bits changed, a number made huge, or a part repeated, removed or moved.
     */
    public byte[] mutated(byte[] sound) {
        byte[] bytes = sound.clone();
        for (int changes = 1 + random.nextInt(4); changes > 0 && bytes.length > 0; changes--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(7)) {
                case 0 -> bytes = java.util.Arrays.copyOf(bytes, at);
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes[at] = TELLING[random.nextInt(TELLING.length)];
                case 3 -> bytes[at] = (byte) random.nextInt(256);
                case 4 -> {
                    byte fill = (byte) (random.nextBoolean() ? 0xff : 0x7f);
                    for (int i = at; i < Math.min(bytes.length, at + 1 + random.nextInt(8)); i++) {
                        bytes[i] = fill;
                    }
                }
                case 5 -> bytes = spliced(bytes, at, random.nextInt(bytes.length), random.nextInt(40));
                default -> bytes = spliced(bytes, at, at + Math.min(bytes.length - at, random.nextInt(40)), 0);
            }
        }
        return bytes;
    }

    /** The bytes before {@code to}, then {@code count} bytes from {@code from}, then the rest. */
    private static byte[] spliced(byte[] bytes, int to, int from, int count) {
        int taken = Math.min(count, bytes.length - from);
        int rest = count == 0 ? from : to;
        byte[] result = new byte[to + taken + bytes.length - rest];
        System.arraycopy(bytes, 0, result, 0, to);
        System.arraycopy(bytes, from, result, to, taken);
        System.arraycopy(bytes, rest, result, to + taken, bytes.length - rest);
        return result;
    }

    /** A name of this many bytes: letters, dots, slashes, control characters, incomplete characters. */
    public byte[] name() {
        byte[] name = new byte[1 + random.nextInt(random.nextInt(10) == 0 ? 300 : 12)];
        for (int i = 0; i < name.length; i++) {
            int kind = random.nextInt(4);
            name[i] = switch (kind) {
                case 0 -> (byte) random.nextInt(256);
                case 1 -> TELLING[random.nextInt(TELLING.length)];
                default -> (byte) LETTERS.charAt(random.nextInt(LETTERS.length()));
            };
        }
        return name;
    }

    /** Fails if reading ends with anything but a result or an {@code IOException}, or costs too much. */
    public void assertBounded(String what, Reading reading) {
        cases++;
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        long start = THREADS.getCurrentThreadCpuTime();
        try {
            reading.read();
        } catch (IOException expected) {
            // The reader rejects the bytes as invalid.
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError defect) {
            throw new AssertionError(what + ", case " + cases, defect);
        }
        long nanos = THREADS.getCurrentThreadCpuTime() - start;
        long bytes = THREADS.getCurrentThreadAllocatedBytes() - allocated;
        slowest = Math.max(slowest, nanos);
        hungriest = Math.max(hungriest, bytes);
        if (nanos > MOST_NANOS || bytes > MOST_ALLOCATED) {
            throw new AssertionError(
                    what + ", case " + cases + " took " + nanos / 1_000_000 + " ms and allocated " + bytes + " bytes");
        }
    }

    public long cases() {
        return cases;
    }

    /** The cost of the most expensive cases. */
    public String outcome() {
        return "no error, no escape; at most %d ms and %.1f MB allocated for one"
                .formatted(slowest / 1_000_000, hungriest / 1e6);
    }
}
