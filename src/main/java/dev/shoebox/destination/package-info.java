/** The backup on disk: layout, safe names, publishing, catalogue, manifest, journal, lock, verification. */
package dev.shoebox.destination;
