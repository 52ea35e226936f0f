/** The photos of the page as numbers, and how some of them are found. Knows no phone and no disk. */
package dev.shoebox.web.index;
