/** The path from a stream of bytes to a published file: staging, hashing, naming, publishing in batches. */
package dev.shoebox.destination.ingest;
