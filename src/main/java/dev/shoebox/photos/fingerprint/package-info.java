/** The fingerprint that Apple's Photos keeps of the files it takes in: the formula, and what a library claims by it. */
package dev.shoebox.photos.fingerprint;
