/** A simulated iPhone: usbmuxd, lockdownd and AFC servers over a folder. Uses no other room. */
package dev.shoebox.simulator;
