/** The fingerprint that Apple's Photos keeps of imported files: its formula, and the claims of a library. */
package dev.shoebox.photos.fingerprint;
