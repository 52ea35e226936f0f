/** What metadata tells, and bounded reading of it. */
package dev.shoebox.photos.metadata.field;
