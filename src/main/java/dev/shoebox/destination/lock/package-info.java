/** One run at a time, also where two computers share a folder. */
package dev.shoebox.destination.lock;
