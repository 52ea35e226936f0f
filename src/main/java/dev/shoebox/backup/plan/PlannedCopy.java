package dev.shoebox.backup.plan;

import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.Resource;

import java.util.Optional;

/**
 * One file that a run would read.
 *
 * @param path the planned path, relative to the destination
 * @param contentDecides whether the content can still change the path, by a clash of names or as a duplicate
 */
public record PlannedCopy(Resource resource, Optional<CaptureTime> captured, String path, boolean contentDecides) {}
