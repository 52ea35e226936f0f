/** Commands on an existing backup. */
package dev.shoebox.cli.keep;
