/** Photos of a backup as archives and folders for others. */
package dev.shoebox.cli.export;
