/** Loads the native code that the jar contains, that of JNA and of SQLite, and binds calls of the system. */
package dev.shoebox.system.nativecode;
