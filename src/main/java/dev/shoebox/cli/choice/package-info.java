/** Which photos are meant, and which of their files, in every command that chooses. */
package dev.shoebox.cli.choice;
