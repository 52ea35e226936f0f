/** What lies on a simulated phone: generated, painted, or a folder. */
package dev.shoebox.simulator.library;
