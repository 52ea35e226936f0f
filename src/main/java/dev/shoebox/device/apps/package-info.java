/** The apps of a phone that share documents, and connections to their documents. */
package dev.shoebox.device.apps;
