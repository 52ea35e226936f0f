/** The format of a file by its content, and whether it is complete. */
package dev.shoebox.photos.format;
