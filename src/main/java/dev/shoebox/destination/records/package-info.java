/** What the destination remembers: identity, journal, catalogue, manifest, records of runs. */
package dev.shoebox.destination.records;
