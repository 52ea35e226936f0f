/** Output, progress and signals of a command. */
package dev.shoebox.cli.terminal;
