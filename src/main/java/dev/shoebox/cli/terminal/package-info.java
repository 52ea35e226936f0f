/** Output, progress, signals and exit codes of a command. */
package dev.shoebox.cli.terminal;
