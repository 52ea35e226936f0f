/** Streams that read ahead, and channels over streams. */
package dev.shoebox.folder.stream;
