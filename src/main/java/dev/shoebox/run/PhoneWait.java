package dev.shoebox.run;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * How to wait for a phone and its owner if {@code --wait} is not given.
 *
 * @param forPhone how long to wait for the phone to appear
 * @param forOwner how long to wait, in total, for the phone to be unlocked and to trust this computer
 * @param phone receives a line for the user while the phone is absent
 * @param owner receives a line for the user on what its owner should do
 * @param detail receives a line on how the phone is reached, for verbose output
 */
public record PhoneWait(
        Duration forPhone,
        Duration forOwner,
        Consumer<String> phone,
        Consumer<String> owner,
        Consumer<String> detail) {}
