/** The transport over the native libimobiledevice, by JNA. */
package dev.shoebox.device.libimobiledevice;
