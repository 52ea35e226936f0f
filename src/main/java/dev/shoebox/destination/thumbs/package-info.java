/** The thumbnails of a backup: a cache of those on the phone, and no proof of anything. */
package dev.shoebox.destination.thumbs;
