/** The vocabulary: media files, assets, roles, capture times, and the {@link dev.shoebox.photos.source.MediaSource} they come from. Imports no other room. */
package dev.shoebox.photos;
