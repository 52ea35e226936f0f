/** Commands, exit codes, progress and wiring. The only room that prints. */
package dev.shoebox.cli;
