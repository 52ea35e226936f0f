/** Hashes that a phone computes of its own files while they are transferred. */
package dev.shoebox.backup.hashing;
