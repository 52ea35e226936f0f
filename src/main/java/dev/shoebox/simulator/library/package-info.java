/** The files of a simulated phone: generated, painted, or in a folder. */
package dev.shoebox.simulator.library;
