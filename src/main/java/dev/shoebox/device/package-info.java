/**
 * An iPhone as a {@link dev.shoebox.photos.source.MediaSource}: usbmux, pairing, lockdown and AFC over the installed
 * libimobiledevice or pure Java. Besides {@code system}, the only room that uses JNA.
 */
package dev.shoebox.device;
