/** A file system as the destination uses it: what it can do, which names it takes, how it fails. */
package dev.shoebox.destination.disk;
