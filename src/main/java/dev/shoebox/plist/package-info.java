/** Property lists, Apple's format for structured values: read within limits, and written. Imports no other package of the project. */
package dev.shoebox.plist;
