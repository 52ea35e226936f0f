/** The transport to a simulated phone: framing, TLS, and the speed of a cable. */
package dev.shoebox.simulator.wire;
