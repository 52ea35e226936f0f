/** Runs that the page starts: one at a time, with their progress. */
package dev.shoebox.web.saving;
