/** The apps of a phone that share documents: which they are, and a connection to the documents of one. */
package dev.shoebox.device.apps;
