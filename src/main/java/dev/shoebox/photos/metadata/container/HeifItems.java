package dev.shoebox.photos.metadata.container;

import dev.shoebox.photos.metadata.field.BoundedReader;
import dev.shoebox.photos.metadata.field.MetadataBuilder;
import dev.shoebox.photos.metadata.tag.Tiff;
import dev.shoebox.photos.metadata.tag.Xmp;

import java.io.EOFException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds the Exif and XMP items of a HEIC or AVIF file (ISO 23008-12) through the tables of its meta box, and reads them
 * in place. Does not read the picture.
 */
final class HeifItems {
    private static final int IINF = BoundedReader.code("iinf");
    private static final int INFE = BoundedReader.code("infe");
    private static final int ILOC = BoundedReader.code("iloc");
    private static final int IDAT = BoundedReader.code("idat");
    private static final int EXIF = BoundedReader.code("Exif");
    private static final int MIME = BoundedReader.code("mime");
    private static final String XMP = "application/rdf+xml\0";

    /** A photo has one of each; an edited one may have two. */
    private static final int MOST_ITEMS = 8;

    private static final int IN_FILE = 0;
    private static final int IN_IDAT = 1;

    private record Range(long from, long to) {
        static final Range NONE = new Range(0, 0);
    }

    private final BoundedReader reader;
    private final MetadataBuilder found;
    private final Map<Long, Integer> wanted = new HashMap<>();
    private Range iloc = Range.NONE;
    private Range idat = Range.NONE;

    HeifItems(BoundedReader reader, MetadataBuilder found) {
        this.reader = reader;
        this.found = found;
    }

    /** Records a box of the meta box. These come in any order, so nothing is resolved before {@link #read}. */
    void box(int type, long from, long to) throws IOException {
        if (type == IINF) {
            int count = reader.u8(from) == 0 ? 2 : 4;
            IsoMedia.boxes(reader, from + 4 + count, to, this::itemInfo);
        } else if (type == ILOC) {
            iloc = new Range(from, to);
        } else if (type == IDAT) {
            idat = new Range(from, to);
        }
    }

    private void itemInfo(int box, long from, long to) throws IOException {
        int version = reader.u8(from);
        if (box != INFE || version < 2 || wanted.size() == MOST_ITEMS) {
            return;
        }
        long id = version == 2 ? reader.u16(from + 4) : reader.u32(from + 4);
        long at = from + (version == 2 ? 8 : 10);
        int type = reader.i32(at);
        if (type == EXIF) {
            wanted.put(id, EXIF);
        } else if (type == MIME) {
            long name = at + 4;
            while (name < to && reader.u8(name) != 0) {
                name++;
            }
            if (reader.startsWith(name + 1, XMP)) {
                wanted.put(id, MIME);
            }
        }
    }

    /** Resolves the locations of the recorded items and reads them. */
    void read() throws IOException {
        if (wanted.isEmpty() || iloc.equals(Range.NONE)) {
            return;
        }
        int version = reader.u8(iloc.from());
        int widths = reader.u16(iloc.from() + 4);
        int offsetWidth = widths >> 12;
        int lengthWidth = widths >> 8 & 0xf;
        int baseWidth = widths >> 4 & 0xf;
        int indexWidth = version == 0 ? 0 : widths & 0xf;
        int idWidth = version < 2 ? 2 : 4;
        long at = iloc.from() + 6;
        long count = number(at, idWidth);
        at += idWidth;
        for (long i = 0; i < count && at < iloc.to() && !wanted.isEmpty(); i++) {
            long id = number(at, idWidth);
            at += idWidth;
            int method = IN_FILE;
            if (version > 0) {
                method = reader.u16(at) & 0xf;
                at += 2;
            }
            long base = number(at + 2, baseWidth);
            at += 2 + baseWidth;
            int extents = reader.u16(at);
            at += 2;
            Integer type = wanted.get(id);
            if (type != null && extents > 0) {
                long offset = number(at + indexWidth, offsetWidth);
                long length = number(at + indexWidth + offsetWidth, lengthWidth);
                wanted.remove(id);
                item(type, method, base + offset, length);
            }
            at += (long) extents * (indexWidth + offsetWidth + lengthWidth);
        }
    }

    /** @param length 0 for everything up to the end */
    private void item(int type, int method, long offset, long length) throws IOException {
        if (offset < 0 || length < 0 || method > IN_IDAT) {
            return;
        }
        long from = method == IN_IDAT ? idat.from() + offset : offset;
        long most = (method == IN_IDAT ? idat.to() : reader.size()) - from;
        if (from < 0 || most <= 0) {
            return;
        }
        long to = from + (length == 0 ? most : Math.min(length, most));
        if (type == MIME) {
            Xmp.read(reader, from, to, found);
        } else if (to - from > 4) {
            long header = from + 4 + reader.u32(from);
            Tiff.read(reader, Tiff.isAt(reader, header) ? header : from + 4, to, found);
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
