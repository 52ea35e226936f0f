/** Commands about a backup that exists. */
package dev.shoebox.cli.keep;
