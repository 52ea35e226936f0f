/** The daemon that connects clients to simulated phones: usbmuxd on a socket. */
package dev.shoebox.simulator.usb;
