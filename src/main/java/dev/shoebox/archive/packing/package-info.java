/** Archives as bytes: how each format is written and read back. */
package dev.shoebox.archive.packing;
