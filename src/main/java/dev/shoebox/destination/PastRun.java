package dev.shoebox.destination;

import dev.shoebox.photos.SourceId;

/** A run that is remembered, and of which source. */
public record PastRun(SourceId source, Status.Run run) {}
