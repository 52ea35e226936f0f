/** Opens destinations: checks, recovery from interrupted runs, corrected records. */
package dev.shoebox.destination.opening;
