/** The daemon that clients ask for simulated phones: usbmuxd on a socket. */
package dev.shoebox.simulator.usb;
