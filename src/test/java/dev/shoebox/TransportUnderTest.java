package dev.shoebox;

import java.util.Map;

/**
 * The transport of a test run: {@code -Dshoebox.test.transport=java}, or else libimobiledevice. Tests that reach a
 * phone have {@link #TAG}, and the build runs them over both. {@code scripts/prove --transport java} runs the slow ones
 * that test something other than the transport.
 */
public final class TransportUnderTest {
    /** Classes and methods that reach a phone. */
    public static final String TAG = "cable";

    /**
     * Tests with {@link #TAG} that the build runs only over libimobiledevice, because they do not test the transport.
     */
    public static final String ONCE = "once";

    /** Names the transport of a test run. */
    public static final String PROPERTY = "shoebox.test.transport";

    private TransportUnderTest() {}

    public static boolean isJava() {
        return System.getProperty(PROPERTY, "native").equals("java");
    }

    /** Sets the transport in the environment of a command, unless it names one. */
    public static void into(Map<String, String> environment) {
        if (isJava()) {
            environment.putIfAbsent("SHOEBOX_TRANSPORT", "java");
        }
    }
}
