/** What is remembered of a run, on this computer and in the backup, and when somebody must hear of it. */
package dev.shoebox.run.record;
