/** {@code shoebox files}. */
package dev.shoebox.cli.files;
