/** Carrying the planned files from the source, and what to do when it fails on the way. */
package dev.shoebox.backup.transfer;
