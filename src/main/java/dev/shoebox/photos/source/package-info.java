/** Sources of photos: they list files and stream them. */
package dev.shoebox.photos.source;
