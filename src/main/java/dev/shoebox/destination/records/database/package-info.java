/** The SQLite database that holds the catalogue. */
package dev.shoebox.destination.records.database;
