package dev.shoebox.simulator.phone;

/**
 * The port at the end of a simulated phone's cable.
 *
 * @param plug plugs the cable in
 * @param unplug pulls it out
 */
public record UsbPort(Runnable plug, Runnable unplug) {
    /** The port of a cable that is not connected. */
    static final UsbPort NONE = new UsbPort(() -> {}, () -> {});
}
