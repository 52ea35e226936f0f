/** What is written of a photo beside it, for other programs to read. */
package dev.shoebox.backup.sidecar;
