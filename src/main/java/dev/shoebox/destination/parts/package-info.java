/** Files that lie on a disk in parts, because it holds none of their size: read, listed and moved as one file. */
package dev.shoebox.destination.parts;
