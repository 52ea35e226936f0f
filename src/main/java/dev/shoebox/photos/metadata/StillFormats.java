package dev.shoebox.photos.metadata;

import dev.shoebox.photos.CaptureTime.Origin;
import dev.shoebox.photos.metadata.MetadataBuilder.Rank;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Finds the EXIF and XMP blocks in still pictures that are a chain of segments or chunks: JPEG, PNG, WebP. */
final class StillFormats {
    private static final String EXIF = "Exif\0\0";
    private static final String XMP_IN_JPEG = "http://ns.adobe.com/xap/1.0/\0";
    private static final String XMP_IN_PNG = "XML:com.adobe.xmp\0";
    private static final String CREATION_TIME = "Creation Time\0";
    private static final int LONGEST_TEXT = 128;

    /** Texts may follow the picture of a PNG, but a hop over each of its thousands of chunks is not worth one. */
    private static final int MOST_PICTURE_CHUNKS = 64;

    private StillFormats() {}

    static void jpeg(BoundedReader reader, long start, MetadataBuilder found) throws IOException {
        long at = start + 2;
        while (!found.has(Rank.EXIF_ORIGINAL)) {
            if (reader.u8(at) != 0xff) {
                return;
            }
            int marker = reader.u8(at + 1);
            if (marker == 0xff) {
                at++;
                continue;
            }
            if (marker == 0xda || marker == 0xd9) {
                return;
            }
            if (marker == 0x01 || (marker >= 0xd0 && marker <= 0xd7)) {
                at += 2;
                continue;
            }
            long from = at + 4;
            long to = at + 2 + reader.u16(at + 2);
            if (to < from) {
                return;
            }
            if (marker == 0xe1 && reader.startsWith(from, EXIF)) {
                Tiff.read(reader, from + EXIF.length(), to, found);
            } else if (marker == 0xe1 && reader.startsWith(from, XMP_IN_JPEG)) {
                Xmp.read(reader, from + XMP_IN_JPEG.length(), to, found);
            }
            at = to;
        }
    }

    static void png(BoundedReader reader, MetadataBuilder found) throws IOException {
        int pictures = 0;
        for (long at = 8; pictures < MOST_PICTURE_CHUNKS && !found.has(Rank.EXIF_ORIGINAL); ) {
            long from = at + 8;
            long to = from + reader.u32(at);
            int type = reader.i32(at + 4);
            if (type == BoundedReader.code("eXIf")) {
                Tiff.read(reader, from, to, found);
            } else if (type == BoundedReader.code("iTXt") && reader.startsWith(from, XMP_IN_PNG)) {
                internationalText(reader, from + XMP_IN_PNG.length(), to, found);
            } else if (type == BoundedReader.code("tEXt") && reader.startsWith(from, CREATION_TIME)) {
                long value = from + CREATION_TIME.length();
                int length = (int) Math.max(0, Math.min(to - value, LONGEST_TEXT));
                String text = new String(reader.bytes(value, length), StandardCharsets.ISO_8859_1);
                found.captured(
                        Rank.PNG, DateText.parse(text, Origin.PNG).or(() -> DateText.parseMailDate(text, Origin.PNG)));
            } else if (type == BoundedReader.code("IDAT")) {
                pictures++;
            } else if (type == BoundedReader.code("IEND")) {
                return;
            }
            at = to + 4;
        }
    }

    /** After the keyword: whether and how it is compressed, a language, the keyword in that language, the text. */
    private static void internationalText(BoundedReader reader, long from, long to, MetadataBuilder found)
            throws IOException {
        if (reader.u8(from) != 0) {
            return;
        }
        long at = from + 2;
        for (int terminators = 0; terminators < 2 && at < to; at++) {
            if (reader.u8(at) == 0) {
                terminators++;
            }
        }
        Xmp.read(reader, at, to, found);
    }

    static void webp(BoundedReader reader, MetadataBuilder found) throws IOException {
        for (long at = 12; at <= reader.size() - 8; ) {
            long from = at + 8;
            long size = Integer.toUnsignedLong(Integer.reverseBytes(reader.i32(at + 4)));
            int type = reader.i32(at);
            if (type == BoundedReader.code("EXIF")) {
                long tiff = reader.startsWith(from, EXIF) ? from + EXIF.length() : from;
                Tiff.read(reader, tiff, from + size, found);
            } else if (type == BoundedReader.code("XMP ")) {
                Xmp.read(reader, from, from + size, found);
            }
            at = from + size + (size & 1);
        }
    }

    /** Fuji's RAW is a wrapper around a JPEG that carries the EXIF. */
    static void raf(BoundedReader reader, MetadataBuilder found) throws IOException {
        jpeg(reader, reader.u32(84), found);
    }

    /** Whether a container of boxes begins here: HEIC, AVIF, MP4, or a MOV, which need not begin with its type. */
    static boolean isMadeOfBoxes(BoundedReader reader) throws IOException {
        return Optional.of(reader.i32(4))
                .filter(type -> type == BoundedReader.code("ftyp")
                        || type == BoundedReader.code("moov")
                        || type == BoundedReader.code("mdat")
                        || type == BoundedReader.code("wide")
                        || type == BoundedReader.code("free")
                        || type == BoundedReader.code("skip")
                        || type == BoundedReader.code("pnot"))
                .isPresent();
    }
}
