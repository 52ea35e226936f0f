package dev.shoebox.backup.plan;

import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.Resource;

import java.util.Optional;

/**
 * One file that a run would read.
 *
 * @param path where it would go, relative to the destination
 * @param contentDecides whether a clash of names or a duplicate, which only the bytes can settle, may change that
 */
public record PlannedCopy(Resource resource, Optional<CaptureTime> captured, String path, boolean contentDecides) {}
