package dev.shoebox.destination.records;

import dev.shoebox.photos.source.SourceId;

/** A run that is remembered, and of which source. */
public record PastRun(SourceId source, BackupStatus.Run run) {}
