/** What runs leave behind in a destination beside files: their records, and what they could not back up. */
package dev.shoebox.destination.records.run;
