package dev.shoebox.photos.metadata;

import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.CaptureTime.Origin;
import dev.shoebox.photos.metadata.MetadataBuilder.Rank;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads files made of boxes (ISO 14496-12, QuickTime): MOV and MP4 by hopping from box header to box header to the
 * movie header and Apple's keys, which iPhones write behind the film; HEIC and AVIF through {@link HeifItems}.
 */
final class IsoMedia {
    private static final int META = BoundedReader.code("meta");
    private static final int MOOV = BoundedReader.code("moov");
    private static final int MVHD = BoundedReader.code("mvhd");
    private static final int UDTA = BoundedReader.code("udta");
    private static final int UUID = BoundedReader.code("uuid");
    private static final int HDLR = BoundedReader.code("hdlr");
    private static final int KEYS = BoundedReader.code("keys");
    private static final int ILST = BoundedReader.code("ilst");
    private static final int DATA = BoundedReader.code("data");
    private static final int DAY = BoundedReader.code("\u00a9day");
    private static final int MAKE = BoundedReader.code("\u00a9mak");
    private static final int MODEL = BoundedReader.code("\u00a9mod");

    /** Holds EXIF in Canon's CR3, as boxes whose names begin with CMT, each a TIFF structure. */
    private static final long CANON = 0x85c0b687820f11e0L;

    private static final int CANON_FIRST = BoundedReader.code("CMT1");
    private static final int CANON_EXIF = BoundedReader.code("CMT2");

    private static final String APPLE = "com.apple.quicktime.";
    private static final int LONGEST_VALUE = 256;
    private static final int MOST_KEYS = 1024;

    /** Between 1904, where QuickTime's clock starts, and 1970. */
    private static final long SECONDS_1904_TO_1970 = 2_082_844_800L;

    /** Digital video is no older; a recorder that has lost its clock starts again at 1970 or 1980. */
    private static final Instant FIRST_PLAUSIBLE = Instant.parse("1990-01-01T00:00:00Z");

    private final BoundedReader reader;
    private final MetadataBuilder found;

    private IsoMedia(BoundedReader reader, MetadataBuilder found) {
        this.reader = reader;
        this.found = found;
    }

    static void read(BoundedReader reader, MetadataBuilder found) throws IOException {
        IsoMedia media = new IsoMedia(reader, found);
        boxes(reader, 0, reader.size(), (type, from, to) -> {
            if (type == META) {
                media.meta(from, to);
            } else if (type == MOOV) {
                media.movie(from, to);
            }
        });
    }

    /** Told of each box in turn: its type, and where its content lies. */
    interface Visitor {
        void box(int type, long from, long to) throws IOException;
    }

    /** Visits boxes side by side. One that claims more than there is is visited for what there is, and is the last. */
    static void boxes(BoundedReader reader, long from, long to, Visitor visitor) throws IOException {
        for (long at = from; at <= to - 8; ) {
            long size = reader.u32(at);
            int type = reader.i32(at + 4);
            int header = 8;
            if (size == 1) {
                size = reader.i64(at + 8);
                header = 16;
            } else if (size == 0) {
                size = to - at;
            }
            if (size < header) {
                throw new EOFException();
            }
            long end = size > to - at ? to : at + size;
            visitor.box(type, at + header, end);
            at = end;
        }
    }

    private void movie(long from, long to) throws IOException {
        boxes(reader, from, to, (type, start, end) -> {
            if (type == MVHD) {
                movieHeader(start);
            } else if (type == META) {
                meta(start, end);
            } else if (type == UDTA) {
                userData(start, end);
            } else if (type == UUID && reader.i64(start) == CANON) {
                boxes(reader, start + 16, end, (name, head, tail) -> {
                    if (name == CANON_FIRST || name == CANON_EXIF) {
                        Tiff.read(reader, head, tail, found);
                    }
                });
            }
        });
    }

    /** Its clock counts seconds since 1904; some recorders count from 1970 instead, and none was there before. */
    private void movieHeader(long at) throws IOException {
        long seconds = reader.u8(at) == 1 ? reader.i64(at + 4) : reader.u32(at + 4);
        long unix = seconds >= SECONDS_1904_TO_1970 ? seconds - SECONDS_1904_TO_1970 : seconds;
        if (unix < FIRST_PLAUSIBLE.getEpochSecond() || unix > Integer.toUnsignedLong(-1)) {
            return;
        }
        var utc = LocalDateTime.ofEpochSecond(unix, 0, ZoneOffset.UTC);
        if (CaptureTime.isPlausible(utc)) {
            found.captured(
                    Rank.QUICKTIME_MOVIE_HEADER,
                    Optional.of(new CaptureTime(utc, Optional.of(ZoneOffset.UTC), Origin.QUICKTIME_MOVIE_HEADER)));
        }
    }

    /** iPhones up to iOS 8 and some cameras say here what later ones say in keys. */
    private void userData(long from, long to) throws IOException {
        boxes(reader, from, to, (type, start, end) -> {
            if (type == META) {
                meta(start, end);
            } else if ((type == DAY || type == MAKE || type == MODEL) && end - start > 4) {
                int length = (int) Math.min(Math.min(reader.u16(start), end - start - 4), LONGEST_VALUE);
                fact(type, text(start + 4, length));
            }
        });
    }

    /** QuickTime's holds boxes at once, ISO's has a version before them. */
    private void meta(long from, long to) throws IOException {
        long start = reader.i32(from + 4) == HDLR ? from : from + 4;
        Map<Integer, String> keys = new HashMap<>();
        HeifItems items = new HeifItems(reader, found);
        boxes(reader, start, to, (type, head, end) -> {
            if (type == KEYS) {
                keys(head, end, keys);
            } else if (type == ILST) {
                boxes(reader, head, end, (index, item, itemEnd) -> value(keys, index, item, itemEnd));
            } else {
                items.box(type, head, end);
            }
        });
        items.read();
    }

    private void keys(long from, long to, Map<Integer, String> keys) throws IOException {
        long at = from + 8;
        for (int index = 1; index <= MOST_KEYS && at <= to - 8; index++) {
            long size = reader.u32(at);
            if (size < 8 || size > to - at) {
                throw new EOFException();
            }
            if (size - 8 <= LONGEST_VALUE) {
                keys.put(index, text(at + 8, (int) size - 8));
            }
            at += size;
        }
    }

    private void value(Map<Integer, String> keys, int index, long from, long to) throws IOException {
        boxes(reader, from, to, (type, start, end) -> {
            if (type == DATA && end - start > 8) {
                String text = text(start + 8, (int) Math.min(end - start - 8, LONGEST_VALUE));
                switch (keys.getOrDefault(index, "")) {
                    case APPLE + "creationdate" -> fact(DAY, text);
                    case APPLE + "make" -> fact(MAKE, text);
                    case APPLE + "model" -> fact(MODEL, text);
                    case APPLE + "content.identifier" -> found.contentIdentifier(text);
                    default -> fact(index, text);
                }
            }
        });
    }

    private void fact(int type, String text) {
        if (type == DAY) {
            found.captured(Rank.QUICKTIME_CREATION_DATE, DateText.parse(text, Origin.QUICKTIME_CREATION_DATE));
        } else if (type == MAKE) {
            found.make(text);
        } else if (type == MODEL) {
            found.model(text);
        }
    }

    private String text(long at, int length) throws IOException {
        return new String(reader.bytes(at, length), StandardCharsets.UTF_8);
    }
}
