package dev.shoebox.cli.option;

import dev.shoebox.cli.terminal.Console;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * How a phone and its owner are waited for, where {@code --wait} says nothing.
 *
 * @param forPhone how long for the phone to be there
 * @param forOwner how long in all for the phone to be unlocked and to trust
 * @param phone receives a line for people on what is wanted of the phone
 * @param owner receives a line for people on what is wanted of its owner
 */
public record PhoneWait(Duration forPhone, Duration forOwner, Consumer<String> phone, Consumer<String> owner) {
    private static final Duration PATIENCE_OF_A_PERSON = Duration.ofMinutes(2);

    /** By hand: somebody who looks at a terminal is asked there; a script is not held up. */
    public static PhoneWait of(Console console) {
        Duration patience = console.screen().isTerminal() ? PATIENCE_OF_A_PERSON : Duration.ZERO;
        return new PhoneWait(patience, patience, console::warn, console::warn);
    }
}
