/** What is made of a backup's photos for others: archives and folders, proven before they get their names. */
package dev.shoebox.archive;
