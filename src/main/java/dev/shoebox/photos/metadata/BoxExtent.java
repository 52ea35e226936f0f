package dev.shoebox.photos.metadata;

import dev.shoebox.photos.metadata.container.IsoMedia;
import dev.shoebox.photos.metadata.field.BoundedReader;

import java.io.EOFException;
import java.io.IOException;
import java.util.Set;

/** Checks the extent of films and pictures that consist of boxes (ISO 14496-12, 23008-12, JPEG XL, JPEG 2000). */
final class BoxExtent {
    private static final int MOST_PARTS = 20_000;
    private static final int MOST_ITEMS = 4096;

    private static final int MOOV = BoundedReader.code("moov");
    private static final int MOOF = BoundedReader.code("moof");
    private static final int META = BoundedReader.code("meta");
    private static final int MDAT = BoundedReader.code("mdat");
    private static final Set<Integer> FIRST = Set.of(
            BoundedReader.code("ftyp"),
            MOOV,
            MDAT,
            BoundedReader.code("wide"),
            BoundedReader.code("JXL "),
            BoundedReader.code("jP  "));

    /** Boxes that describe the picture or film. */
    private static final Set<Integer> DESCRIPTIONS = Set.of(
            MOOV,
            MOOF,
            META,
            BoundedReader.code("jxlc"),
            BoundedReader.code("jxlp"),
            BoundedReader.code("jbrd"),
            BoundedReader.code("jp2c"));

    private static final Set<Integer> PATH_TO_CHUNKS = Set.of(
            BoundedReader.code("trak"),
            BoundedReader.code("mdia"),
            BoundedReader.code("minf"),
            BoundedReader.code("stbl"));

    private static final int STCO = BoundedReader.code("stco");
    private static final int CO64 = BoundedReader.code("co64");
    private static final int STSD = BoundedReader.code("stsd");
    private static final int ILOC = BoundedReader.code("iloc");

    /** Uncompressed sound: silence is a run of zeros of the same length. */
    private static final Set<Integer> PLAIN_SOUND = Set.of(
            BoundedReader.code("lpcm"),
            BoundedReader.code("sowt"),
            BoundedReader.code("twos"),
            BoundedReader.code("in24"),
            BoundedReader.code("in32"),
            BoundedReader.code("ipcm"),
            BoundedReader.code("raw "),
            BoundedReader.code("NONE"));

    /** Boxes in which some cameras leave padding at the end of a description. */
    private static final Set<Integer> PADDED =
            Set.of(BoundedReader.code("free"), BoundedReader.code("skip"), BoundedReader.code("udta"));

    private final BoundedReader reader;
    private boolean isWithin = true;
    private boolean isSilencePossible;
    private boolean isPaddingPossible;

    BoxExtent(BoundedReader reader) {
        this.reader = reader;
    }

    static boolean isMadeOfBoxes(BoundedReader reader) throws IOException {
        return FIRST.contains(reader.i32(4));
    }

    /**
     * Returns whether the description is present, no significant box extends past the end of the file, and the last one
     * was filled.
     */
    boolean isWithin() throws IOException {
        boolean described = false;
        long at = 0;
        for (int parts = 0; parts < MOST_PARTS && at + 8 <= reader.size(); parts++) {
            long length = reader.u32(at);
            int type = reader.i32(at + 4);
            int header = 8;
            if (length == 1 && at + 16 <= reader.size()) {
                length = reader.i64(at + 8);
                header = 16;
            }
            long end = length == 0 ? reader.size() : at + length;
            described |= DESCRIPTIONS.contains(type);
            if (length < 0 || end < at + 8) {
                // Padding or an appendix that does not consist of boxes.
                return described && isWithin;
            }
            boolean hasWeight = DESCRIPTIONS.contains(type) || type == MDAT;
            if (end > reader.size() && hasWeight) {
                return false;
            }
            look(type, at + header, end);
            boolean areZerosRight = type == MOOV ? isPaddingPossible : isSilencePossible;
            if (hasWeight && end == reader.size() && !areZerosRight) {
                isWithin &= !PlausibilityCheck.hasUnfilledEnd(reader, end - at);
            }
            at = end;
        }
        return described && isWithin;
    }

    /** Only truncation is judged here, not other damage. */
    private void look(int type, long from, long to) throws IOException {
        try {
            if (type == MOOV) {
                IsoMedia.boxes(reader, from, to, (box, start, end) -> {
                    isPaddingPossible = PADDED.contains(box);
                    film(box, start, end);
                });
            } else if (type == META) {
                IsoMedia.boxes(reader, from + 4, to, (box, start, end) -> {
                    if (box == ILOC) {
                        items(start, end);
                    }
                });
            }
        } catch (EOFException damaged) {
            return;
        }
    }

    private void film(int type, long from, long to) throws IOException {
        if (PATH_TO_CHUNKS.contains(type)) {
            IsoMedia.boxes(reader, from, to, this::film);
        } else if (type == STSD && to - from >= 16) {
            isSilencePossible |= PLAIN_SOUND.contains(reader.i32(from + 12));
        } else if ((type == STCO || type == CO64) && to - from >= 8) {
            int width = type == STCO ? 4 : 8;
            long count = reader.u32(from + 4);
            long last = from + 8 + (count - 1) * width;
            if (count > 0 && last >= from + 8 && last <= to - width) {
                long chunk = width == 4 ? reader.u32(last) : reader.i64(last);
                isWithin &= chunk < reader.size();
            }
        }
    }

    /** Checks the locations of the parts of a HEIC or AVIF picture. */
    private void items(long from, long to) throws IOException {
        int version = reader.u8(from);
        int widths = reader.u16(from + 4);
        int offsetWidth = widths >> 12;
        int lengthWidth = widths >> 8 & 0xf;
        int baseWidth = widths >> 4 & 0xf;
        int indexWidth = version == 0 ? 0 : widths & 0xf;
        int idWidth = version < 2 ? 2 : 4;
        long at = from + 6;
        long count = Math.min(number(at, idWidth), MOST_ITEMS);
        at += idWidth;
        for (long i = 0; i < count && at < to; i++) {
            at += idWidth;
            boolean isInFile = version == 0 || (reader.u16(at) & 0xf) == 0;
            at += (version == 0 ? 0 : 2) + 2;
            long base = number(at, baseWidth);
            at += baseWidth;
            int extents = reader.u16(at);
            at += 2;
            for (int j = 0; j < extents && at < to; j++) {
                long offset = base + number(at + indexWidth, offsetWidth);
                long length = number(at + indexWidth + offsetWidth, lengthWidth);
                isWithin &= !isInFile || (offset >= 0 && offset <= reader.size() && length <= reader.size() - offset);
                at += indexWidth + offsetWidth + lengthWidth;
            }
        }
    }

    private long number(long at, int width) throws IOException {
        return switch (width) {
            case 0 -> 0;
            case 2 -> reader.u16(at);
            case 4 -> reader.u32(at);
            case 8 -> reader.i64(at);
            default -> throw new EOFException("no such width: " + width);
        };
    }
}
