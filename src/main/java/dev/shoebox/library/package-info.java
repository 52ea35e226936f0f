/**
 * The phone's own Photos library: {@code PhotoData/Photos.sqlite}, copied so that no torn copy is ever believed, and read
 * as what its tables turn out to be. A library that cannot be read costs what it would have told, and nothing else.
 */
package dev.shoebox.library;
