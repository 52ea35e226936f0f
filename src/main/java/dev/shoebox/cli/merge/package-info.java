/** Merging one backup into another. */
package dev.shoebox.cli.merge;
