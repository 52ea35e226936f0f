/** The records of runs, the reports made from them, and notifications. */
package dev.shoebox.history;
