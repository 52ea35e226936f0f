/**
 * The phone's own Photos library: {@code PhotoData/Photos.sqlite}, copied in a way that detects torn copies, and read
 * by the actual shape of its tables. If it cannot be read, only its own facts are missing.
 */
package dev.shoebox.library;
