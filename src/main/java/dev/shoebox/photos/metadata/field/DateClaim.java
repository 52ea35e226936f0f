package dev.shoebox.photos.metadata.field;

import dev.shoebox.photos.CaptureTime;

/**
 * A date in a file, and its field.
 *
 * @param field the format's name for it: {@code EXIF DateTimeOriginal}
 */
public record DateClaim(CaptureTime time, String field) {}
