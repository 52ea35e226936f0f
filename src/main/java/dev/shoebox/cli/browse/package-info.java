/** {@code shoebox browse}: what the command line gives to the page. */
package dev.shoebox.cli.browse;
