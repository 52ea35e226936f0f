package dev.shoebox.folder.archive;

import java.nio.file.attribute.FileTime;
import java.time.Instant;

/** Converts times recorded in archives. */
public final class ArchiveTimes {
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private ArchiveTimes() {}

    /** Returns the time if a calendar can express it, else the epoch: a header can contain any number of seconds. */
    public static Instant sane(FileTime time) {
        Instant instant = time.toInstant();
        return instant.isBefore(EARLIEST) || instant.isAfter(LATEST) ? Instant.EPOCH : instant;
    }
}
