/** One backup from its preconditions to its alarm, for whoever starts it: the command line, a scheduler, the page. */
package dev.shoebox.run;
