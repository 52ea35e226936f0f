/** The apps on a simulated phone: what its services tell of them, and the documents that they share. */
package dev.shoebox.simulator.apps;
