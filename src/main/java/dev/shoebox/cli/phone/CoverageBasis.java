package dev.shoebox.cli.phone;

import dev.shoebox.coverage.BackedUpFiles;
import dev.shoebox.coverage.SameBytes;
import dev.shoebox.coverage.icloud.Diagnosis;
import dev.shoebox.photos.Library;

import java.util.Optional;

/**
 * What is known of the photos besides the phone's list of files.
 *
 * @param library the phone's library
 * @param holdings what a backup has of the phone; empty if none was given
 * @param same which bytes are in several places; empty without a backup, or if the library cannot be read
 * @param icloud why iCloud Photos has stopped, if known
 */
record CoverageBasis(
        Library library, Optional<BackedUpFiles> holdings, Optional<SameBytes> same, Optional<Diagnosis> icloud) {}
