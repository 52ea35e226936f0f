/** Options that several commands share. */
package dev.shoebox.cli.option;
