package dev.shoebox.run;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * How a phone and its owner are waited for, where {@code --wait} says nothing.
 *
 * @param forPhone how long for the phone to be there
 * @param forOwner how long in all for the phone to be unlocked and to trust
 * @param phone receives a line for people on what is wanted of the phone
 * @param owner receives a line for people on what is wanted of its owner
 * @param detail receives a line on how the phone is reached, for people who want to know more
 */
public record PhoneWait(
        Duration forPhone,
        Duration forOwner,
        Consumer<String> phone,
        Consumer<String> owner,
        Consumer<String> detail) {}
