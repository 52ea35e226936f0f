package dev.shoebox.photos.metadata.container;

import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.CaptureTime.Origin;
import dev.shoebox.photos.metadata.field.BoundedReader;
import dev.shoebox.photos.metadata.field.MetadataBuilder;
import dev.shoebox.photos.metadata.field.MetadataBuilder.Rank;

import java.io.IOException;
import java.time.Instant;

/** Reads the date of a WMV or ASF film: the creation date in the file properties. */
public final class Asf {
    public static final int MAGIC = 0x3026b275;

    private static final long FILE_PROPERTIES = 0xa1dcab8c47a9cf11L;
    private static final int HEADER = 30;
    private static final int CREATED = 24 + 16 + 8;
    private static final int MOST_OBJECTS = 64;

    /** The epoch of a clock with units of 100 ns. */
    private static final long SECONDS_1601_TO_1970 = 11_644_473_600L;

    private static final long UNITS = 10_000_000;

    private Asf() {}

    public static void read(BoundedReader reader, MetadataBuilder found) throws IOException {
        long at = HEADER;
        for (int i = 0; i < MOST_OBJECTS; i++) {
            long size = Long.reverseBytes(reader.i64(at + 16));
            if (reader.i64(at) == FILE_PROPERTIES) {
                long ticks = Long.reverseBytes(reader.i64(at + CREATED));
                found.captured(
                        Rank.CONTAINER,
                        "ASF CreationDate",
                        CaptureTime.ofUtc(
                                Instant.ofEpochSecond(ticks / UNITS - SECONDS_1601_TO_1970), Origin.CONTAINER));
                return;
            }
            if (size < 24 || size > reader.size() - at) {
                return;
            }
            at += size;
        }
    }
}
