/** The files of iCloud Photos on a simulated phone. */
package dev.shoebox.simulator.cloud;
