/** Which format a file has by its content, and whether it is whole. */
package dev.shoebox.photos.format;
