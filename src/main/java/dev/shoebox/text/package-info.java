/** Text as people read and type it: near misses and digests of it. Imports no other package of the project. */
package dev.shoebox.text;
