/** Blocks of tags: TIFF and EXIF, maker notes, GPS, IPTC, XMP. */
package dev.shoebox.photos.metadata.tag;
