/** Archive formats as bytes: how each is written and read back. */
package dev.shoebox.archive.packing;
