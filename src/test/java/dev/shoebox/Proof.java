package dev.shoebox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * How much of a proving suite runs: a seeded sample within the ordinary tests, the full count where
 * {@code shoebox.prove=full} is set, as {@code scripts/prove} does. The classes of a suite carry the tag {@link #TAG} and a
 * second one on a line of its own, the suite's name, by which {@code scripts/prove} finds and reports it.
 */
public final class Proof {
    public static final String TAG = "prove";

    private Proof() {}

    public static boolean isFull() {
        return System.getProperty("shoebox.prove", "sample").equals("full");
    }

    /** How many cases to try; {@code shoebox.prove.cases} says another number, but never more than all. */
    public static int cases(int sample, int full) {
        return Math.min(full, Integer.getInteger("shoebox.prove.cases", isFull() ? full : sample));
    }

    /** Where random choices start from; a failing case names it. */
    public static long seed() {
        return Long.getLong("shoebox.prove.seed", 1L);
    }

    /**
     * Notes what a suite has proven, for the report: one line of {@code target/prove/<full or sample>/<suite>.tsv}.
     *
     * @param suite the second tag of the class
     * @param what was done, in a few words and without tabs
     * @param cases how many were tried
     * @param outcome what became of them, with figures
     */
    public static void note(String suite, String what, long cases, String outcome, Duration took) {
        try {
            Path file = Path.of("target", "prove", isFull() ? "full" : "sample", suite + ".tsv");
            Files.createDirectories(file.getParent());
            Files.writeString(
                    file,
                    what + way() + "\t" + cases + "\t" + outcome + "\t" + took.toSeconds() + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the whole run of the tests is for, where that is not the usual transport. */
    private static String way() {
        return TransportUnderTest.isJava() ? ", over the transport in Java" : "";
    }
}
