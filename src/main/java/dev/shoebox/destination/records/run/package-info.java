/** Records of runs in a destination: their results, and the files that they could not back up. */
package dev.shoebox.destination.records.run;
