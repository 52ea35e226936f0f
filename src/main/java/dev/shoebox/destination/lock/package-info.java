/** Ensures one run at a time, even if two computers share a folder. */
package dev.shoebox.destination.lock;
