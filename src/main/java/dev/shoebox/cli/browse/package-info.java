/** {@code shoebox browse}: connects the page to the command line. */
package dev.shoebox.cli.browse;
