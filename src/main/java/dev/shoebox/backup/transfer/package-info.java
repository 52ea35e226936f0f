/** Transfers planned files from the source, and handles failures on the way. */
package dev.shoebox.backup.transfer;
