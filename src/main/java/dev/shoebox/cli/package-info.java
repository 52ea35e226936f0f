/** Commands, exit codes, progress and wiring: the only room that prints. */
package dev.shoebox.cli;
