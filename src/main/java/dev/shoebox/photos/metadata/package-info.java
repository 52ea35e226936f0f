/** Reads the metadata of photos and videos, from hostile bytes and within fixed limits. Imports the vocabulary only. */
package dev.shoebox.photos.metadata;
