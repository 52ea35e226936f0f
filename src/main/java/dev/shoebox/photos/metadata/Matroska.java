package dev.shoebox.photos.metadata;

import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.CaptureTime.Origin;
import dev.shoebox.photos.metadata.MetadataBuilder.Rank;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** Reads the date of a Matroska or WebM film (RFC 9559): DateUTC, in the Info element of the segment. */
final class Matroska {
    static final int MAGIC = 0x1a45dfa3;

    private static final long SEGMENT = 0x18538067L;
    private static final long INFO = 0x1549a966L;
    private static final long DATE = 0x4461;
    private static final long TITLE = 0x7ba9;

    /** Nanoseconds count from here. */
    private static final Instant MILLENNIUM = Instant.parse("2001-01-01T00:00:00Z");

    /** Info comes before or after a few thousand clusters, of which each costs a read. */
    private static final int MOST_ELEMENTS = 256;

    private static final int LONGEST_TITLE = 512;

    private final BoundedReader reader;
    private final MetadataBuilder found;
    private int elements;

    private Matroska(BoundedReader reader, MetadataBuilder found) {
        this.reader = reader;
        this.found = found;
    }

    static void read(BoundedReader reader, MetadataBuilder found) throws IOException {
        new Matroska(reader, found).elements(0, reader.size(), 0);
    }

    private void elements(long from, long to, int depth) throws IOException {
        for (long at = from; at < to && ++elements <= MOST_ELEMENTS; ) {
            int idLength = Integer.numberOfLeadingZeros(reader.u8(at)) - 24 + 1;
            if (idLength > 4) {
                return;
            }
            long id = number(at, idLength);
            int sizeLength = Integer.numberOfLeadingZeros(reader.u8(at + idLength)) - 24 + 1;
            if (sizeLength > 8) {
                return;
            }
            long mask = (1L << (7 * sizeLength)) - 1;
            long size = number(at + idLength, sizeLength) & mask;
            long start = at + idLength + sizeLength;
            // All ones: a stream whose end was not known when this was written.
            long end = size == mask || size > to - start ? to : start + size;
            if ((id == SEGMENT && depth == 0) || (id == INFO && depth == 1)) {
                elements(start, end, depth + 1);
                if (id == INFO) {
                    return;
                }
            } else if (id == DATE && depth == 2 && end - start == 8) {
                long nanos = reader.i64(start);
                found.captured(
                        Rank.CONTAINER,
                        "Matroska DateUTC",
                        Optional.of(CaptureTime.ofUtc(MILLENNIUM.plusNanos(nanos), Origin.CONTAINER)));
            } else if (id == TITLE && depth == 2 && end - start <= LONGEST_TITLE) {
                found.title(new String(reader.bytes(start, (int) (end - start)), StandardCharsets.UTF_8));
            }
            at = end;
        }
    }

    private long number(long at, int bytes) throws IOException {
        long number = 0;
        for (int i = 0; i < bytes; i++) {
            number = number << 8 | reader.u8(at + i);
        }
        return number;
    }
}
