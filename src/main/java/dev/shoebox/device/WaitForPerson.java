package dev.shoebox.device;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * How long to wait for a person to plug in, unlock or trust a phone, and how to ask for it.
 *
 * @param limit in all; zero asks nobody and fails at once
 * @param say receives one line for people each time what is needed of them changes
 */
public record WaitForPerson(Duration limit, Consumer<String> say) {
    public static final WaitForPerson NONE = new WaitForPerson(Duration.ZERO, line -> {});
}
