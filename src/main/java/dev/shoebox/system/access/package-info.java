/** Who owns files and folders, and who may write them. */
package dev.shoebox.system.access;
