/** Files that a disk stores in parts because they exceed its limit: written, read, listed and moved as one file. */
package dev.shoebox.destination.parts;
