/** Where files go in a backup: layouts, names, and what counts as a duplicate. */
package dev.shoebox.destination.naming;
