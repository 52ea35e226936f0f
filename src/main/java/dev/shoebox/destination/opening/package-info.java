/** From a folder to an open destination: checks, recovery of interrupted runs, corrected records. */
package dev.shoebox.destination.opening;
