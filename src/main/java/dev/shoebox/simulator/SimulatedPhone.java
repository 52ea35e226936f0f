package dev.shoebox.simulator;

/** A simulated iPhone: lockdownd, pairing, TLS and AFC over a library, with faults that can be set while it runs. */
public final class SimulatedPhone {
    SimulatedPhone() {}
}
