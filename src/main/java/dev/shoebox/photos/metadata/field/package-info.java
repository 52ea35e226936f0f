/** The facts in metadata, and bounded reading. */
package dev.shoebox.photos.metadata.field;
