package dev.shoebox;

import java.util.Map;

/**
 * The transport that a whole run of the tests is for: {@code -Dshoebox.test.transport=java}, or libimobiledevice. What reaches a
 * phone carries {@link #TAG}, and the build runs it over both; of what takes long and is about something else, {@code scripts/prove
 * --transport java} runs the rest.
 */
public final class TransportUnderTest {
    /** Of classes and methods that reach a phone. */
    public static final String TAG = "cable";

    /** Of those among them that the build runs over libimobiledevice alone: the way to the phone is not what they try. */
    public static final String ONCE = "once";

    private TransportUnderTest() {}

    public static boolean isJava() {
        return System.getProperty("shoebox.test.transport", "native").equals("java");
    }

    /** Has a command take it that is given these variables, unless they name one. */
    public static void into(Map<String, String> environment) {
        if (isJava()) {
            environment.putIfAbsent("SHOEBOX_TRANSPORT", "java");
        }
    }
}
