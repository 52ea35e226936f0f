/** The paths of files in a backup: layouts, names, and duplicates. */
package dev.shoebox.destination.naming;
