/** What belongs to a run besides copying: preconditions, hooks, its record, alarms. */
package dev.shoebox.cli.run;
