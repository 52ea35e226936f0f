/** The engine: what to copy, copying it, what became of it. */
package dev.shoebox.backup;
