/** The phone or folder on view: finding it, listing it, reading from it one task at a time. */
package dev.shoebox.web.phone;
