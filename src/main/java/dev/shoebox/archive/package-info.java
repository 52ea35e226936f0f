/** Exports of a backup's photos: archives and folders, verified before they get their names. */
package dev.shoebox.archive;
