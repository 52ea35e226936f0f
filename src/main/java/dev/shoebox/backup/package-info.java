/** The engine: what to copy, copying it, and the outcome of each file. */
package dev.shoebox.backup;
