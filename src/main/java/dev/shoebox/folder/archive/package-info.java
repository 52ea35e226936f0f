/** Archives within a folder or in place of one. */
package dev.shoebox.folder.archive;
