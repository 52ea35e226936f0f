/** Where photos come from: a source lists files and streams them. */
package dev.shoebox.photos.source;
