/** Readers that look ahead, and channels over streams. */
package dev.shoebox.folder.stream;
