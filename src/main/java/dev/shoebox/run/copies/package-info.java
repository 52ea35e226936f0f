/** Second copies of a backup: filled during a run, and brought up to date after it. */
package dev.shoebox.run.copies;
