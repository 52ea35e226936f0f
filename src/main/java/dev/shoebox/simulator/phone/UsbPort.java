package dev.shoebox.simulator.phone;

/**
 * Where a simulated phone's cable ends.
 *
 * @param plug puts the phone's cable in
 * @param unplug pulls it out
 */
public record UsbPort(Runnable plug, Runnable unplug) {
    /** Of a cable that hangs nowhere. */
    static final UsbPort NONE = new UsbPort(() -> {}, () -> {});
}
