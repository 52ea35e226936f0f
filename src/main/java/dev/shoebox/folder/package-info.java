/**
 * Folders and archives as a {@link dev.shoebox.photos.source.MediaSource}. The only room that depends on
 * commons-compress.
 */
package dev.shoebox.folder;
