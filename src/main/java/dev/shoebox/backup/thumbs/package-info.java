/** The thumbnails of a phone: where they are, and how a run copies them into the backup. */
package dev.shoebox.backup.thumbs;
