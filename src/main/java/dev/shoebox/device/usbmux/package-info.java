/** The transport without native libraries: usbmuxd, lockdown and TLS in pure Java. */
package dev.shoebox.device.usbmux;
