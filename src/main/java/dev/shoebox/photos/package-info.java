/** The vocabulary: media files, assets, roles, capture times, and the {@link dev.shoebox.photos.MediaSource} they come from. Imports no other room. */
package dev.shoebox.photos;
