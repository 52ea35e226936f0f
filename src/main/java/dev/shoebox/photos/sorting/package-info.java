/** Turns a listing into assets: what is media, what belongs together, what is passed over. */
package dev.shoebox.photos.sorting;
