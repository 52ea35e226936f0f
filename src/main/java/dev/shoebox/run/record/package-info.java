/** The records of runs, on this computer and in the backup, and the alarms that follow from them. */
package dev.shoebox.run.record;
