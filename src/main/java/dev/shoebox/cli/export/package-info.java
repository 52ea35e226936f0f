/** The export of photos to archives and folders. */
package dev.shoebox.cli.export;
