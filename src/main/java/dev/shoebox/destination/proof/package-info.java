/** Reading photos back, and when they were found well. */
package dev.shoebox.destination.proof;
