package dev.shoebox.photos.metadata.field;

import dev.shoebox.photos.CaptureTime;

/**
 * A date that a file tells, and where in it that stands.
 *
 * @param field as its format calls it: {@code EXIF DateTimeOriginal}
 */
public record DateClaim(CaptureTime time, String field) {}
