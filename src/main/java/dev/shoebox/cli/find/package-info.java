/** Searches for photos in a backup. */
package dev.shoebox.cli.find;
