package dev.shoebox.photos.metadata.container;

import dev.shoebox.photos.metadata.field.BoundedReader;
import dev.shoebox.photos.metadata.field.MetadataBuilder;
import dev.shoebox.photos.metadata.tag.Iptc;
import dev.shoebox.photos.metadata.tag.Tiff;
import dev.shoebox.photos.metadata.tag.Xmp;

import java.io.IOException;

/**
 * Finds the metadata blocks of still pictures that are chains of segments or chunks (JPEG, WebP) or that contain a
 * JPEG.
 */
public final class StillFormats {
    static final String EXIF = "Exif\0\0";
    private static final String XMP_IN_JPEG = "http://ns.adobe.com/xap/1.0/\0";
    private static final String PHOTOSHOP_IN_JPEG = "Photoshop 3.0\0";

    private StillFormats() {}

    public static void jpeg(BoundedReader reader, long start, MetadataBuilder found) throws IOException {
        long at = start + 2;
        while (!found.isSettled()) {
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
            } else if (marker == 0xed && reader.startsWith(from, PHOTOSHOP_IN_JPEG)) {
                Iptc.inPhotoshop(reader, from + PHOTOSHOP_IN_JPEG.length(), to, found);
            } else if (isFrame(marker)) {
                found.size(reader.u16(from + 3), reader.u16(from + 1));
            }
            at = to;
        }
    }

    private static boolean isFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    public static void webp(BoundedReader reader, MetadataBuilder found) throws IOException {
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

    /** Fuji's RAW contains a JPEG with the EXIF. */
    public static void raf(BoundedReader reader, MetadataBuilder found) throws IOException {
        jpeg(reader, reader.u32(84), found);
    }

    /** After a fixed header come colours, then Photoshop's resources. */
    public static void psd(BoundedReader reader, MetadataBuilder found) throws IOException {
        found.size(reader.u32(18), reader.u32(14));
        long resources = 30 + reader.u32(26);
        Iptc.inPhotoshop(reader, resources + 4, resources + 4 + reader.u32(resources), found);
    }
}
