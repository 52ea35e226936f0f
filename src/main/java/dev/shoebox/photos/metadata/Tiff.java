package dev.shoebox.photos.metadata;

import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.CaptureTime.Origin;
import dev.shoebox.photos.metadata.MetadataBuilder.Rank;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads EXIF out of a TIFF structure: a DNG or TIFF file, or the block inside a JPEG, HEIC, PNG or WebP.
 *
 * <p>Goes from the first directory to the Exif directory to Apple's maker note and nowhere else, and takes a dozen
 * short strings, so that no arrangement of offsets makes it circle or hoard: a general reader can be made to keep
 * 300 MB by a JPEG of 65 KB whose tags all point at the same bytes.
 */
final class Tiff {
    private static final int MAKE = 0x010f;
    private static final int MODEL = 0x0110;
    private static final int CHANGED = 0x0132;
    private static final int XMP = 0x02bc;
    private static final int EXIF = 0x8769;
    private static final int ORIGINAL = 0x9003;
    private static final int DIGITIZED = 0x9004;
    private static final int OFFSET_CHANGED = 0x9010;
    private static final int OFFSET_ORIGINAL = 0x9011;
    private static final int OFFSET_DIGITIZED = 0x9012;
    private static final int MAKER_NOTE = 0x927c;
    private static final int FRACTION_CHANGED = 0x9290;
    private static final int FRACTION_ORIGINAL = 0x9291;
    private static final int FRACTION_DIGITIZED = 0x9292;

    /** In Apple's maker note; ties a still to the video of its Live Photo. */
    private static final int CONTENT_IDENTIFIER = 0x0011;

    private static final String APPLE = "Apple iOS\0";
    private static final int APPLE_DIRECTORY = 14;
    private static final int LONGEST_STRING = 256;

    private final BoundedReader reader;
    private final long start;
    private final long end;
    private final MetadataBuilder found;
    private final Map<Integer, String> strings = new HashMap<>();
    private boolean littleEndian;
    private long exif;
    private long makerNote;

    private Tiff(BoundedReader reader, long start, long end, MetadataBuilder found) {
        this.reader = reader;
        this.start = start;
        this.end = Math.min(end, reader.size());
        this.found = found;
    }

    /** Whether a TIFF header is there; RAW formats of some makers differ from it in the second half. */
    static boolean isAt(BoundedReader reader, long at) throws IOException {
        if (at < 0 || at > reader.size() - 8) {
            return false;
        }
        int head = reader.i32(at);
        return head == 0x4d4d002a
                || head == 0x49492a00
                || head == 0x4949524f
                || head == 0x49495253
                || head == 0x49495500;
    }

    /**
     * @param end where the structure ends at the latest
     * @throws EOFException where it is cut or points outside itself; what was found until then is kept
     */
    static void read(BoundedReader reader, long start, long end, MetadataBuilder found) throws IOException {
        if (!isAt(reader, start)) {
            return;
        }
        Tiff tiff = new Tiff(reader, start, end, found);
        try {
            tiff.littleEndian = reader.u8(start) == 'I';
            tiff.directory(start + tiff.u32(start + 4));
            if (tiff.exif > 0) {
                tiff.directory(start + tiff.exif);
            }
            if (tiff.makerNote > 0) {
                tiff.appleMakerNote(start + tiff.makerNote);
            }
        } finally {
            tiff.conclude();
        }
    }

    private void directory(long at) throws IOException {
        int count = u16(at);
        for (int i = 0; i < count; i++) {
            long entry = at + 2 + 12L * i;
            int tag = u16(entry);
            switch (tag) {
                case MAKE,
                        MODEL,
                        CHANGED,
                        ORIGINAL,
                        DIGITIZED,
                        OFFSET_CHANGED,
                        OFFSET_ORIGINAL,
                        OFFSET_DIGITIZED,
                        FRACTION_CHANGED,
                        FRACTION_ORIGINAL,
                        FRACTION_DIGITIZED -> string(entry, start).ifPresent(text -> strings.putIfAbsent(tag, text));
                case EXIF -> exif = exif > 0 ? exif : u32(entry + 8);
                case MAKER_NOTE -> makerNote = makerNote > 0 ? makerNote : u32(entry + 8);
                case XMP -> {
                    long from = start + u32(entry + 8);
                    Xmp.read(reader, from, Math.min(end, from + u32(entry + 4)), found);
                }
                default -> {
                    // A tag that tells neither time nor camera.
                }
            }
        }
    }

    /** The note begins with its maker's name, has its own byte order, and counts offsets from its own start. */
    private void appleMakerNote(long at) throws IOException {
        if (!reader.startsWith(at, APPLE)) {
            return;
        }
        littleEndian = reader.u8(at + APPLE_DIRECTORY - 2) == 'I';
        int count = u16(at + APPLE_DIRECTORY);
        for (int i = 0; i < count; i++) {
            long entry = at + APPLE_DIRECTORY + 2 + 12L * i;
            if (u16(entry) == CONTENT_IDENTIFIER) {
                string(entry, at).ifPresent(found::contentIdentifier);
                return;
            }
        }
    }

    /** The value of an entry of any type that is made of bytes. */
    private Optional<String> string(long entry, long base) throws IOException {
        int type = u16(entry + 2);
        long count = u32(entry + 4);
        boolean bytes = type == 1 || type == 2 || type == 6 || type == 7 || type == 129;
        if (!bytes || count == 0) {
            return Optional.empty();
        }
        long from = count <= 4 ? entry + 8 : base + u32(entry + 8);
        if (from >= end) {
            return Optional.empty();
        }
        int length = (int) Math.min(Math.min(count, LONGEST_STRING), end - from);
        String text = new String(reader.bytes(from, length), StandardCharsets.UTF_8);
        int nul = text.indexOf('\0');
        return Optional.of(nul < 0 ? text : text.substring(0, nul));
    }

    private void conclude() {
        Optional<CaptureTime> changed = time(CHANGED, FRACTION_CHANGED, OFFSET_CHANGED);
        Optional<CaptureTime> digitized =
                time(DIGITIZED, FRACTION_DIGITIZED, OFFSET_DIGITIZED).map(time -> withOffsetOf(changed, time));
        Optional<CaptureTime> original = time(ORIGINAL, FRACTION_ORIGINAL, OFFSET_ORIGINAL)
                .map(time -> withOffsetOf(changed, withOffsetOf(digitized, time)));
        found.captured(Rank.EXIF_ORIGINAL, original);
        found.captured(Rank.EXIF_DIGITIZED, digitized);
        found.captured(
                Rank.EXIF_CHANGED,
                changed.map(time -> new CaptureTime(time.local(), time.offset(), Origin.EXIF_CHANGED)));
        Optional.ofNullable(strings.get(MAKE)).ifPresent(found::make);
        Optional.ofNullable(strings.get(MODEL)).ifPresent(found::model);
    }

    /**
     * An offset is borrowed from another time only where both are the same second: an editor that changes a photo in
     * another country writes its own offset beside its own time.
     */
    private static CaptureTime withOffsetOf(Optional<CaptureTime> other, CaptureTime time) {
        Optional<ZoneOffset> offset = time.offset().or(() -> other.filter(
                        o -> o.local().withNano(0).equals(time.local().withNano(0)))
                .flatMap(CaptureTime::offset));
        return new CaptureTime(time.local(), offset, time.origin());
    }

    private Optional<CaptureTime> time(int tag, int fractionTag, int offsetTag) {
        String fraction = strings.getOrDefault(fractionTag, "").strip();
        Optional<ZoneOffset> offset = DateText.offset(strings.getOrDefault(offsetTag, ""));
        return DateText.parse(strings.getOrDefault(tag, ""), Origin.EXIF)
                .map(time -> new CaptureTime(
                        fraction.matches("\\d{1,9}") ? time.local().withNano(DateText.nanos(fraction)) : time.local(),
                        offset.or(time::offset),
                        Origin.EXIF));
    }

    private int u16(long at) throws IOException {
        bound(at + 2);
        int value = reader.u16(at);
        return littleEndian ? Short.toUnsignedInt(Short.reverseBytes((short) value)) : value;
    }

    private long u32(long at) throws IOException {
        bound(at + 4);
        int value = reader.i32(at);
        return Integer.toUnsignedLong(littleEndian ? Integer.reverseBytes(value) : value);
    }

    private void bound(long last) throws IOException {
        if (last > end) {
            throw new EOFException();
        }
    }
}
