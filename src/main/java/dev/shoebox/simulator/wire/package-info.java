/** How bytes travel to a simulated phone: framing, TLS, the speed of a cable. */
package dev.shoebox.simulator.wire;
