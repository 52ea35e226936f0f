/** Sees phones and drives come and go, and says when there is something to start. Knows nothing of backups. */
package dev.shoebox.watch;
