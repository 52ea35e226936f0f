/** The apps on a simulated phone: what its services say about them, and their shared documents. */
package dev.shoebox.simulator.apps;
