/** What iCloud Photos leaves on a simulated phone. */
package dev.shoebox.simulator.cloud;
