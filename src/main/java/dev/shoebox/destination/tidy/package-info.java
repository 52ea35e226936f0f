/** What people do in a backup by hand, taken into its records: files that were renamed, moved, or deleted on purpose. */
package dev.shoebox.destination.tidy;
