package dev.shoebox.photos.metadata.container;

import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.CaptureTime.Origin;
import dev.shoebox.photos.metadata.field.BoundedReader;
import dev.shoebox.photos.metadata.field.DateText;
import dev.shoebox.photos.metadata.field.MetadataBuilder;
import dev.shoebox.photos.metadata.field.MetadataBuilder.Rank;
import dev.shoebox.photos.metadata.tag.Tiff;
import dev.shoebox.photos.metadata.tag.Xmp;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads files that consist of boxes (ISO 14496-12, QuickTime). For MOV and MP4, follows the box headers to the movie
 * header and Apple's keys, which iPhones write after the film; for HEIC and AVIF, uses {@link HeifItems}.
 */
public final class IsoMedia {
    private static final int META = BoundedReader.code("meta");
    private static final int MOOV = BoundedReader.code("moov");
    private static final int MVHD = BoundedReader.code("mvhd");
    private static final int TRAK = BoundedReader.code("trak");
    private static final int TKHD = BoundedReader.code("tkhd");
    private static final int MDIA = BoundedReader.code("mdia");
    private static final int MDHD = BoundedReader.code("mdhd");
    private static final int UDTA = BoundedReader.code("udta");
    private static final int UUID = BoundedReader.code("uuid");
    private static final int HDLR = BoundedReader.code("hdlr");
    private static final int KEYS = BoundedReader.code("keys");
    private static final int ILST = BoundedReader.code("ilst");
    private static final int DATA = BoundedReader.code("data");
    private static final int DAY = BoundedReader.code("\u00a9day");
    private static final int MAKE = BoundedReader.code("\u00a9mak");
    private static final int MODEL = BoundedReader.code("\u00a9mod");

    private static final int XML = BoundedReader.code("xml ");
    private static final int EXIF = BoundedReader.code("Exif");
    private static final int DATE = BoundedReader.code("date");
    private static final int XMP_DATA = BoundedReader.code("XMP_");
    private static final int LOCATION = BoundedReader.code("\u00a9xyz");
    private static final int TITLE = BoundedReader.code("\u00a9nam");
    private static final int GOPRO = BoundedReader.code("FIRM");
    private static final int CANON_CAMERA = BoundedReader.code("CNTH");
    private static final int NIKON = BoundedReader.code("NCDT");

    /** Boxes whose type is a UUID: XMP, and EXIF in JPEG 2000 ({@code JpgTiffExif->JP2}). */
    private static final long XMP_UUID = 0xbe7acfcb97a942e8L;

    private static final long JP2_EXIF = 0x4a70675469666645L;

    /** Contains EXIF in Canon's CR3, as boxes named CMT1 to CMT4, each a TIFF structure. */
    private static final long CANON = 0x85c0b687820f11e0L;

    private static final int CANON_FIRST = BoundedReader.code("CMT1");
    private static final int CANON_EXIF = BoundedReader.code("CMT2");

    private static final String APPLE = "com.apple.quicktime.";
    /** The boxes with which such a file may start. */
    private static final Set<Integer> FIRST_BOXES = Stream.of(
                    "ftyp", "moov", "mdat", "wide", "free", "skip", "pnot", "JXL ", "jP  ")
            .map(BoundedReader::code)
            .collect(Collectors.toUnmodifiableSet());

    private static final Set<Integer> TEXTS = Set.of(DAY, DATE, MAKE, MODEL, LOCATION, TITLE);
    private static final int LONGEST_VALUE = 256;

    /** A year, in seconds. */
    private static final long LONGEST_FILM = 31_536_000;

    private static final int MOST_KEYS = 1024;

    private static final int LONGEST_XML = 64 << 10;

    /** Sony's recording date, in the metadata of the film. */
    private static final Pattern SONY = Pattern.compile("<CreationDate\\s+value=\"([^\"]{1,40})\"");

    /** Makers whose cameras have no time zone, and record local time in place of UTC. */
    private static final Set<String> LOCAL_CLOCKS = Set.of(
            "canon", "casio", "fujifilm", "gopro", "kodak", "nikon", "olympus", "om", "panasonic", "pentax", "ricoh");

    private static final Pattern ISO_6709 =
            Pattern.compile("([+-]\\d{1,3}\\.\\d+)([+-]\\d{1,3}\\.\\d+).*", Pattern.DOTALL);

    /** From QuickTime's epoch, 1904, to 1970. */
    private static final long SECONDS_1904_TO_1970 = 2_082_844_800L;

    private final BoundedReader reader;
    private final MetadataBuilder found;
    private Instant header; // or null
    private boolean localClock;

    private IsoMedia(BoundedReader reader, MetadataBuilder found) {
        this.reader = reader;
        this.found = found;
    }

    /**
     * Returns whether a container of boxes starts here: HEIC, AVIF, JPEG XL, JPEG 2000, MP4, or a MOV, which need not
     * start with its type.
     */
    public static boolean isAt(BoundedReader reader) throws IOException {
        return FIRST_BOXES.contains(reader.i32(4));
    }

    public static void read(BoundedReader reader, MetadataBuilder found) throws IOException {
        IsoMedia media = new IsoMedia(reader, found);
        try {
            boxes(reader, 0, reader.size(), media::top);
        } finally {
            media.conclude();
        }
    }

    private void top(int type, long from, long to) throws IOException {
        if (type == META) {
            meta(from, to);
        } else if (type == MOOV) {
            movie(from, to);
        } else if (type == UUID) {
            uuid(from, to);
        } else if (type == EXIF && to - from > 4) {
            long tiff = from + 4 + reader.u32(from);
            Tiff.read(reader, Tiff.isAt(reader, tiff) ? tiff : from + 4, to, found);
        } else if (type == XML) {
            xml(from, to);
        }
    }

    private void uuid(long from, long to) throws IOException {
        long uuid = to - from < 16 ? 0 : reader.i64(from);
        if (uuid == XMP_UUID) {
            Xmp.read(reader, from + 16, to, found);
        } else if (uuid == JP2_EXIF) {
            Tiff.read(reader, from + 16, to, found);
        } else if (uuid == CANON) {
            boxes(reader, from + 16, to, (name, head, tail) -> {
                if (name == CANON_FIRST || name == CANON_EXIF) {
                    Tiff.read(reader, head, tail, found);
                }
            });
        }
    }

    /** Reads XMP in JPEG XL; in Sony's films, the non-real-time metadata. */
    private void xml(long from, long to) throws IOException {
        int length = (int) Math.min(to - from, LONGEST_XML);
        byte[] bytes = reader.bytes(from, length);
        Matcher sony = SONY.matcher(new String(bytes, StandardCharsets.UTF_8));
        if (sony.find()) {
            DateText.parse(sony.group(1), Origin.CAMERA)
                    .ifPresent(time -> found.captured(Rank.CAMERA, "Sony CreationDate", time));
        } else {
            Xmp.read(bytes, found);
        }
    }

    /** Receives each box in turn: its type, and the range of its content. */
    public interface Visitor {
        void box(int type, long from, long to) throws IOException;
    }

    /** Visits sibling boxes. One that extends past the end is truncated there, and is the last. */
    public static void boxes(BoundedReader reader, long from, long to, Visitor visitor) throws IOException {
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
            } else if (type == TRAK && header == null) {
                track(start, end);
            } else if (type == META) {
                meta(start, end);
            } else if (type == UDTA) {
                userData(start, end);
            } else if (type == UUID) {
                uuid(start, end);
            }
        });
    }

    /** Some programs leave the movie's date empty, and set those of its tracks. */
    private void track(long from, long to) throws IOException {
        boxes(reader, from, to, (type, start, end) -> {
            if (type == MDIA) {
                track(start, end);
            } else if ((type == TKHD || type == MDHD) && header == null) {
                header = created(start).orElse(null);
            }
        });
    }

    /** Seconds since 1904; some recorders count from 1970 instead, before which there were none. */
    private Optional<Instant> created(long at) throws IOException {
        long seconds = reader.u8(at) == 1 ? reader.i64(at + 4) : reader.u32(at + 4);
        long unix = seconds >= SECONDS_1904_TO_1970 ? seconds - SECONDS_1904_TO_1970 : seconds;
        return seconds != 0 && unix >= 0 && unix <= Integer.toUnsignedLong(-1)
                ? Optional.of(Instant.ofEpochSecond(unix))
                : Optional.empty();
    }

    private void movieHeader(long at) throws IOException {
        boolean wide = reader.u8(at) == 1;
        header = created(at).orElse(null);
        long scale = reader.u32(at + (wide ? 20 : 12));
        long units = wide ? reader.i64(at + 24) : reader.u32(at + 16);
        if (scale > 0 && units > 0 && units / scale < LONGEST_FILM) {
            found.duration(Duration.ofMillis(units * 1000 / scale));
        }
    }

    /** A header without a maker is in UTC; cameras of some makers record local time. */
    private void conclude() {
        boolean local = localClock
                || found.make()
                        .map(make -> make.toLowerCase(Locale.ROOT).split("[ -]", 2)[0])
                        .filter(LOCAL_CLOCKS::contains)
                        .isPresent();
        Optional.ofNullable(header)
                .map(time -> CaptureTime.ofUtc(time, Origin.QUICKTIME_MOVIE_HEADER))
                .ifPresent(utc -> found.captured(
                        local ? Rank.CAMERA : Rank.MOVIE_HEADER,
                        local ? "QuickTime mvhd, in the local time of this maker's cameras" : "QuickTime mvhd",
                        local ? new CaptureTime(utc.local(), Optional.empty(), Origin.CAMERA) : utc));
    }

    /** Old iPhones (up to iOS 8) and some cameras write here what later ones write in keys. */
    private void userData(long from, long to) throws IOException {
        boxes(reader, from, to, (type, start, end) -> {
            if (type == META) {
                meta(start, end);
            } else if (type == XMP_DATA) {
                Xmp.read(reader, start, end, found);
            } else if (type == GOPRO || type == CANON_CAMERA || type == NIKON) {
                localClock = true;
            } else if (TEXTS.contains(type) && end - start > 4) {
                // A length and a language precede the text; some programs omit them.
                int length = reader.u16(start);
                boolean plain = length > end - start - 4 || length == 0;
                long head = plain ? start : start + 4;
                fact(type, text(head, (int) Math.min(plain ? end - start : length, LONGEST_VALUE)));
            }
        });
    }

    /** In QuickTime it directly contains boxes; in ISO files a version precedes them. */
    private void meta(long from, long to) throws IOException {
        long start = reader.i32(from + 4) == HDLR ? from : from + 4;
        Map<Integer, String> keys = new HashMap<>();
        HeifItems items = new HeifItems(reader, found);
        boxes(reader, start, to, (type, head, end) -> {
            if (type == KEYS) {
                keys(head, end, keys);
            } else if (type == XML) {
                xml(head + 4, end);
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
                    case APPLE + "creationdate", "creation_time", "date" -> fact(DAY, text);
                    case APPLE + "DateTimeOriginal", "DateTimeOriginal" -> fact(DATE, text);
                    case APPLE + "location.ISO6709", "location" -> fact(LOCATION, text);
                    case APPLE + "title", "title" -> fact(TITLE, text);
                    case APPLE + "make" -> fact(MAKE, text);
                    case APPLE + "model" -> fact(MODEL, text);
                    case APPLE + "content.identifier" -> found.contentIdentifier(text);
                    default -> fact(index, text);
                }
            }
        });
    }

    private void fact(int type, String text) {
        if (type == DAY && DateText.isYearAlone(text)) {
            // The date of release, or whatever somebody entered.
            DateText.parse(text, Origin.EXIF_CHANGED)
                    .ifPresent(time -> found.captured(Rank.CHANGED, "QuickTime \u00a9day", time));
        } else if (type == DAY) {
            DateText.parse(text, Origin.QUICKTIME_CREATION_DATE)
                    .ifPresent(time -> found.captured(Rank.QUICKTIME_CREATION_DATE, "QuickTime creationdate", time));
        } else if (type == DATE) {
            DateText.parse(text, Origin.QUICKTIME_CREATION_DATE)
                    .ifPresent(
                            time -> found.captured(Rank.QUICKTIME_CREATION_DATE, "QuickTime DateTimeOriginal", time));
        } else if (type == LOCATION) {
            Matcher place = ISO_6709.matcher(text);
            if (place.matches()) {
                found.place(Double.parseDouble(place.group(1)), Double.parseDouble(place.group(2)));
            }
        } else if (type == TITLE) {
            found.title(text);
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
