/** Reading ahead of whoever takes the pieces, on a thread of its own. */
package dev.shoebox.photos.reading;
