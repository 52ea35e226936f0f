package dev.shoebox.photos.metadata.container;

import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.CaptureTime.Origin;
import dev.shoebox.photos.metadata.field.BoundedReader;
import dev.shoebox.photos.metadata.field.DateText;
import dev.shoebox.photos.metadata.field.MetadataBuilder;
import dev.shoebox.photos.metadata.field.MetadataBuilder.Rank;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads the dates of a Matroska or WebM film (RFC 9559): DateUTC in the Info element of the segment, and those among
 * its Tags (section 5.1.8), which may follow the film if a SeekHead refers to them.
 */
public final class Matroska {
    public static final int MAGIC = 0x1a45dfa3;

    private static final long SEGMENT = 0x18538067L;
    private static final long SEEK_HEAD = 0x114d9b74L;
    private static final long SEEK = 0x4dbb;
    private static final long SEEK_POSITION = 0x53ac;
    private static final long CLUSTER = 0x1f43b675L;
    private static final long INFO = 0x1549a966L;
    private static final long DATE = 0x4461;
    private static final long TITLE = 0x7ba9;
    private static final long TAGS = 0x1254c367L;
    private static final long TAG = 0x7373;
    private static final long SIMPLE_TAG = 0x67c8;
    private static final long TAG_NAME = 0x45a3;
    private static final long TAG_STRING = 0x4487;

    /** Elements worth descending into. */
    private static final Set<Long> HOLDERS = Set.of(SEEK_HEAD, SEEK, INFO, TAGS, TAG, SIMPLE_TAG);

    /** The epoch of dates in nanoseconds. */
    private static final Instant MILLENNIUM = Instant.parse("2001-01-01T00:00:00Z");

    private static final int MOST_ELEMENTS = 512;
    private static final int LONGEST_TEXT = 512;

    private final BoundedReader reader;
    private final MetadataBuilder found;
    private final Deque<Long> elsewhere = new ArrayDeque<>();
    private final Set<Long> read = new HashSet<>();
    private int elements;
    private long segment;
    private String tag = "";

    private Matroska(BoundedReader reader, MetadataBuilder found) {
        this.reader = reader;
        this.found = found;
    }

    public static void read(BoundedReader reader, MetadataBuilder found) throws IOException {
        new Matroska(reader, found).top();
    }

    /** Reads what precedes the first cluster, and then what the SeekHead refers to after the clusters. */
    private void top() throws IOException {
        long at = 0;
        while (at < reader.size()) {
            Element element = element(at, reader.size());
            if (element.id() == SEGMENT) {
                segment = element.start();
                at = element.start();
            } else if (element.id() == CLUSTER || elements > MOST_ELEMENTS) {
                break;
            } else {
                content(element);
                at = element.end();
            }
        }
        while (!elsewhere.isEmpty() && elements <= MOST_ELEMENTS) {
            long place = elsewhere.poll();
            if (place > 0 && place < reader.size()) {
                content(element(place, reader.size()));
            }
        }
    }

    private record Element(long id, long start, long end) {}

    private Element element(long at, long to) throws IOException {
        elements++;
        int idLength = Integer.numberOfLeadingZeros(reader.u8(at)) - 24 + 1;
        int sizeLength = Integer.numberOfLeadingZeros(reader.u8(at + idLength)) - 24 + 1;
        if (idLength > 4 || sizeLength > 8) {
            return new Element(0, to, to);
        }
        long mask = (1L << (7 * sizeLength)) - 1;
        long size = number(at + idLength, sizeLength) & mask;
        long start = at + idLength + sizeLength;
        // All ones: the length was unknown when this was written.
        long end = size == mask || size > to - start ? to : start + size;
        return new Element(number(at, idLength), start, end);
    }

    private void content(Element element) throws IOException {
        if (!HOLDERS.contains(element.id())) {
            value(element);
        } else if (read.add(element.start())) {
            for (long at = element.start(); at < element.end() && elements <= MOST_ELEMENTS; ) {
                Element inner = element(at, element.end());
                content(inner);
                at = inner.end();
            }
        }
    }

    private void value(Element element) throws IOException {
        long length = element.end() - element.start();
        if (element.id() == DATE && length == 8) {
            long nanos = reader.i64(element.start());
            found.captured(
                    Rank.CONTAINER,
                    "Matroska DateUTC",
                    CaptureTime.ofUtc(MILLENNIUM.plusNanos(nanos), Origin.CONTAINER));
        } else if (element.id() == SEEK_POSITION && length <= 8) {
            elsewhere.add(segment + number(element.start(), (int) length));
        } else if (element.id() == TITLE && length <= LONGEST_TEXT) {
            found.title(text(element));
        } else if (element.id() == TAG_NAME && length <= LONGEST_TEXT) {
            tag = text(element);
        } else if (element.id() == TAG_STRING && length <= LONGEST_TEXT) {
            tagged(text(element));
        }
    }

    private void tagged(String text) {
        String field = "Matroska " + tag;
        switch (tag) {
            case "DATE_RECORDED" ->
                DateText.parse(text, Origin.CAMERA).ifPresent(time -> found.captured(Rank.CAMERA, field, time));
            case "COM.APPLE.QUICKTIME.CREATIONDATE" ->
                DateText.parse(text, Origin.QUICKTIME_CREATION_DATE)
                        .ifPresent(time -> found.captured(Rank.QUICKTIME_CREATION_DATE, field, time));
            case "CREATION_TIME", "DATE_DIGITIZED" ->
                DateText.parse(text, Origin.DIGITIZED).ifPresent(time -> found.captured(Rank.XMP_CREATED, field, time));
            case "DATE" ->
                // The date of recording or release; programs also write the year alone.
                DateText.parse(text, DateText.isYearAlone(text) ? Origin.EXIF_CHANGED : Origin.DIGITIZED)
                        .ifPresent(time -> found.captured(
                                DateText.isYearAlone(text) ? Rank.CHANGED : Rank.XMP_CREATED, field, time));
            default -> {
                // Titles, encoders, statistics.
            }
        }
    }

    private String text(Element element) throws IOException {
        byte[] bytes = reader.bytes(element.start(), (int) (element.end() - element.start()));
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private long number(long at, int bytes) throws IOException {
        long number = 0;
        for (int i = 0; i < bytes; i++) {
            number = number << 8 | reader.u8(at + i);
        }
        return number;
    }
}
