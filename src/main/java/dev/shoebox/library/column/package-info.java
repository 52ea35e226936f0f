/** Columns of values in arrays, so that a large library needs little memory. */
package dev.shoebox.library.column;
