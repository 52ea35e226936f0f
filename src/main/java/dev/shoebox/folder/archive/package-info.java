/** Archives as a source, or inside one. */
package dev.shoebox.folder.archive;
