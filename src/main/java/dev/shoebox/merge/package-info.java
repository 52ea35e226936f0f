/** Merges one backup into another, with its sources, dates, roles and albums. */
package dev.shoebox.merge;
