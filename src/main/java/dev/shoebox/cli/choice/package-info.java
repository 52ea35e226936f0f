/** Options that choose photos and their files, for every command that has such a choice. */
package dev.shoebox.cli.choice;
