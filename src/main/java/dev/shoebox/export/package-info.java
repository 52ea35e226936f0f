/**
 * Reads what exports say about their photos, in the JSON files of Google's Takeout and the CSV files of Apple's data
 * export.
 */
package dev.shoebox.export;
