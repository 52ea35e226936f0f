/** The backup command and its output. */
package dev.shoebox.cli.backup;
