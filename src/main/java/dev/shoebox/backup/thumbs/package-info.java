/** The small pictures that a phone has of its photos: where they are, and how a run keeps them in the backup. */
package dev.shoebox.backup.thumbs;
