package dev.shoebox.device;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * How long to wait for the user to plug in, unlock or trust a phone, and how to ask.
 *
 * @param limit the total time; zero fails at once without asking
 * @param say receives a line for the user each time the required action changes
 */
public record WaitForPerson(Duration limit, Consumer<String> say) {
    public static final WaitForPerson NONE = new WaitForPerson(Duration.ZERO, line -> {});
}
