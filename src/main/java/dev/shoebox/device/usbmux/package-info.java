/** A cable without native libraries: usbmuxd, lockdown and TLS by the Java platform alone. */
package dev.shoebox.device.usbmux;
