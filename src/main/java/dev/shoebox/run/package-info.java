/** One backup from its preconditions to its alarm, started by the command line, a scheduler or the page. */
package dev.shoebox.run;
