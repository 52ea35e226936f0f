/** Reads what photos and videos say of themselves, out of hostile bytes and within fixed bounds. Imports the vocabulary alone. */
package dev.shoebox.photos.metadata;
