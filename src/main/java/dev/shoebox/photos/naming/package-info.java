/** Names of edits, exports and albums, and names that are not valid text. */
package dev.shoebox.photos.naming;
