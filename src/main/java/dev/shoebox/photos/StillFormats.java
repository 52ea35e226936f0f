package dev.shoebox.photos;

import dev.shoebox.photos.CaptureTime.Origin;
import dev.shoebox.photos.Findings.Rank;

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

    static void jpeg(Window window, long start, Findings findings) throws IOException {
        long at = start + 2;
        while (!findings.has(Rank.EXIF_ORIGINAL)) {
            if (window.u8(at) != 0xff) {
                return;
            }
            int marker = window.u8(at + 1);
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
            long to = at + 2 + window.u16(at + 2);
            if (to < from) {
                return;
            }
            if (marker == 0xe1 && window.startsWith(from, EXIF)) {
                Tiff.read(window, from + EXIF.length(), to, findings);
            } else if (marker == 0xe1 && window.startsWith(from, XMP_IN_JPEG)) {
                Xmp.read(window, from + XMP_IN_JPEG.length(), to, findings);
            }
            at = to;
        }
    }

    static void png(Window window, Findings findings) throws IOException {
        int pictures = 0;
        for (long at = 8; pictures < MOST_PICTURE_CHUNKS && !findings.has(Rank.EXIF_ORIGINAL); ) {
            long from = at + 8;
            long to = from + window.u32(at);
            int type = window.i32(at + 4);
            if (type == Window.code("eXIf")) {
                Tiff.read(window, from, to, findings);
            } else if (type == Window.code("iTXt") && window.startsWith(from, XMP_IN_PNG)) {
                internationalText(window, from + XMP_IN_PNG.length(), to, findings);
            } else if (type == Window.code("tEXt") && window.startsWith(from, CREATION_TIME)) {
                long value = from + CREATION_TIME.length();
                int length = (int) Math.max(0, Math.min(to - value, LONGEST_TEXT));
                String text = new String(window.bytes(value, length), StandardCharsets.ISO_8859_1);
                findings.captured(
                        Rank.PNG, DateText.parse(text, Origin.PNG).or(() -> DateText.parseMailDate(text, Origin.PNG)));
            } else if (type == Window.code("IDAT")) {
                pictures++;
            } else if (type == Window.code("IEND")) {
                return;
            }
            at = to + 4;
        }
    }

    /** After the keyword: whether and how it is compressed, a language, the keyword in that language, the text. */
    private static void internationalText(Window window, long from, long to, Findings findings) throws IOException {
        if (window.u8(from) != 0) {
            return;
        }
        long at = from + 2;
        for (int terminators = 0; terminators < 2 && at < to; at++) {
            if (window.u8(at) == 0) {
                terminators++;
            }
        }
        Xmp.read(window, at, to, findings);
    }

    static void webp(Window window, Findings findings) throws IOException {
        for (long at = 12; at <= window.size() - 8; ) {
            long from = at + 8;
            long size = Integer.toUnsignedLong(Integer.reverseBytes(window.i32(at + 4)));
            int type = window.i32(at);
            if (type == Window.code("EXIF")) {
                long tiff = window.startsWith(from, EXIF) ? from + EXIF.length() : from;
                Tiff.read(window, tiff, from + size, findings);
            } else if (type == Window.code("XMP ")) {
                Xmp.read(window, from, from + size, findings);
            }
            at = from + size + (size & 1);
        }
    }

    /** Fuji's RAW is a wrapper around a JPEG that carries the EXIF. */
    static void raf(Window window, Findings findings) throws IOException {
        jpeg(window, window.u32(84), findings);
    }

    /** Whether a container of boxes begins here: HEIC, AVIF, MP4, or a MOV, which need not begin with its type. */
    static boolean isMadeOfBoxes(Window window) throws IOException {
        return Optional.of(window.i32(4))
                .filter(type -> type == Window.code("ftyp")
                        || type == Window.code("moov")
                        || type == Window.code("mdat")
                        || type == Window.code("wide")
                        || type == Window.code("free")
                        || type == Window.code("skip")
                        || type == Window.code("pnot"))
                .isPresent();
    }
}
