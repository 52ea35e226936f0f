/** The records of a destination: identity, journal, catalogue, manifest, records of runs. */
package dev.shoebox.destination.records;
