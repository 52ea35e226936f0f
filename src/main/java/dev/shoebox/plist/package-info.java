/**
 * Property lists, Apple's format for structured values: reads them within limits, and writes them. Imports no other
 * package of the project.
 */
package dev.shoebox.plist;
