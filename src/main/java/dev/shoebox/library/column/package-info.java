/** Columns of values in arrays, so that a large library fits into little memory. */
package dev.shoebox.library.column;
