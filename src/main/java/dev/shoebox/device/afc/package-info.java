/** The AFC protocol: requests in flight, files, folders. */
package dev.shoebox.device.afc;
