/** An iPhone as a {@link dev.shoebox.photos.source.MediaSource}: usbmux, pairing, lockdown and AFC over the installed libimobiledevice. Beside {@code system}, the only room that knows JNA. */
package dev.shoebox.device;
