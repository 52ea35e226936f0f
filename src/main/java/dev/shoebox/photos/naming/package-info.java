/** Names: of edits, of exports, of albums, with bytes that are no text. */
package dev.shoebox.photos.naming;
