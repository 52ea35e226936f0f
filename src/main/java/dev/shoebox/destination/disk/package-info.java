/** The file system under a destination: its capabilities, valid names, and failures. */
package dev.shoebox.destination.disk;
