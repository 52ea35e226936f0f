/** Verification: reading photos back, and when they were found intact. */
package dev.shoebox.destination.proof;
