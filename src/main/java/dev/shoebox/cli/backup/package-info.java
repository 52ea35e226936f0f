/** The command that copies, and what it prints. */
package dev.shoebox.cli.backup;
