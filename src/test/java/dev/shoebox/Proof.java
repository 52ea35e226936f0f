package dev.shoebox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * How much of a proving suite runs: a seeded sample in the ordinary tests, the full count if {@code shoebox.prove=full}
 * is set, as {@code scripts/prove} does. The classes of a suite have the tag {@link #TAG} and, on a line of its own, a
 * second tag with the name of the suite, by which {@code scripts/prove} finds and reports it.
 */
public final class Proof {
    public static final String TAG = "prove";

    private Proof() {}

    public static boolean isFull() {
        return System.getProperty("shoebox.prove", "sample").equals("full");
    }

    /** The number of cases to try. {@code shoebox.prove.cases} overrides it, up to the full count. */
    public static int cases(int sample, int full) {
        return Math.min(full, Integer.getInteger("shoebox.prove.cases", isFull() ? full : sample));
    }

    /** The seed of random choices; a failing case prints it. */
    public static long seed() {
        return Long.getLong("shoebox.prove.seed", 1L);
    }

    /**
     * Records what a suite has proven, for the report: one line of {@code target/prove/<full or sample>/<suite>.tsv}.
     *
     * @param suite the second tag of the class
     * @param what was done, in a few words and without tabs
     * @param cases the number of cases tried
     * @param outcome the result, with figures
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

    /** The transport that the tests use, unless it is the default. */
    private static String way() {
        return TransportUnderTest.isJava() ? ", over the transport in Java" : "";
    }
}
