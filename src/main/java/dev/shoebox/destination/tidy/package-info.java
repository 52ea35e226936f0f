/** Manual changes to a backup: recording renamed, moved and deleted files. */
package dev.shoebox.destination.tidy;
