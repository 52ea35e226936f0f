/** A folder or an archive as a {@link dev.shoebox.photos.source.MediaSource}. The only room that knows commons-compress. */
package dev.shoebox.folder;
