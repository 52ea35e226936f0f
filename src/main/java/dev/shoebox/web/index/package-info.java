/** The photos of the page as numbers, and searches among them. Depends on neither phones nor disks. */
package dev.shoebox.web.index;
