/** An iPhone as a {@link dev.shoebox.photos.MediaSource}: usbmux, pairing, lockdown and AFC over the installed libimobiledevice. The only room that knows JNA. */
package dev.shoebox.device;
