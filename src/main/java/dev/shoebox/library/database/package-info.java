/** The phone's databases as files: consistent copies, their tables, and known shapes. */
package dev.shoebox.library.database;
