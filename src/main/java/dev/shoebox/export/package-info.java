/** What the JSON and CSV files of an export tell of its photos: Google's Takeout and Apple's copy of one's data. */
package dev.shoebox.export;
