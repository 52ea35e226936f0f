/** The selection of assets and of their files. */
package dev.shoebox.photos.choice;
