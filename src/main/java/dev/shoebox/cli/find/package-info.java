/** Finding photos in a backup by what people remember of them. */
package dev.shoebox.cli.find;
