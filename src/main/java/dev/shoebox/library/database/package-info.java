/** The phone's databases as files: a copy that no writer tore, its tables, what shapes are known. */
package dev.shoebox.library.database;
