package dev.shoebox.simulator.library;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes boxes (atoms) of QuickTime films and HEIF photos: ISO/IEC 14496-12 and Apple's QuickTime File Format. */
final class Boxes {
    /** Seconds from QuickTime's epoch, 1904, to 1970. */
    private static final long SINCE_1904 = 2_082_844_800L;

    private static final DateTimeFormatter CREATION_DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxx", Locale.ROOT);
    private static final int TIME_SCALE = 600;

    /** Motion JPEG frames of a film, contiguous from an offset in the file. */
    record Frames(long offset, List<Integer> sizes, int width, int height, int perSecond) {}

    private Boxes() {}

    static byte[] fileType(String brand, String... compatible) {
        return box("ftyp", ascii(brand), ints(0), ascii(String.join("", compatible)));
    }

    /** Returns the header of a media data box, in the 16-byte form that iOS always uses. */
    static byte[] mediaDataHeader(long length) {
        ByteBuffer header = ByteBuffer.allocate(16);
        if (length + 8 < 1L << 32) {
            header.putInt(8).put(ascii("wide")).putInt((int) (length + 8)).put(ascii("mdat"));
        } else {
            header.putInt(1).put(ascii("mdat")).putLong(length + 16);
        }
        return header.array();
    }

    /** Returns the index of a film without pictures: its duration, date, place, and Apple's keys. */
    static byte[] film(Shot shot) {
        return box("moov", filmHeader(shot.taken().toInstant(), 3 * TIME_SCALE), keys(shot));
    }

    /** Returns the index of a film with its frames, which determine its duration. */
    static byte[] film(Shot shot, Frames frames) {
        Instant taken = shot.taken().toInstant();
        int duration = frames.sizes().size() * TIME_SCALE / frames.perSecond();
        return box("moov", filmHeader(taken, duration), track(frames, taken, duration), keys(shot));
    }

    private static byte[] filmHeader(Instant taken, int duration) {
        int time = (int) (taken.getEpochSecond() + SINCE_1904);
        return box(
                "mvhd",
                ints(0, time, time, TIME_SCALE, duration, 0x10000, 0x01000000, 0, 0),
                matrix(),
                ints(0, 0, 0, 0, 0, 0, 2));
    }

    private static byte[] matrix() {
        return ints(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);
    }

    private static byte[] keys(Shot shot) {
        List<String> names = new ArrayList<>(List.of("make", "model", "software", "creationdate"));
        List<String> values =
                new ArrayList<>(List.of("Apple", shot.model(), "17.5.1", CREATION_DATE.format(shot.taken())));
        if (!shot.contentId().isEmpty()) {
            names.add("content.identifier");
            values.add(shot.contentId());
        }
        ByteArrayOutputStream keys = new ByteArrayOutputStream();
        ByteArrayOutputStream items = new ByteArrayOutputStream();
        for (int i = 0; i < names.size(); i++) {
            keys.writeBytes(box("mdta", ascii("com.apple.quicktime." + names.get(i))));
            byte[] data = box("data", ints(1, 0), ascii(values.get(i)));
            items.writeBytes(ints(data.length + 8, i + 1));
            items.writeBytes(data);
        }
        return box(
                "meta",
                box("hdlr", ints(0, 0), ascii("mdta"), ints(0, 0, 0), new byte[1]),
                box("keys", ints(0, names.size()), keys.toByteArray()),
                box("ilst", items.toByteArray()));
    }

    private static byte[] track(Frames frames, Instant taken, int duration) {
        int time = (int) (taken.getEpochSecond() + SINCE_1904);
        int count = frames.sizes().size();
        ByteBuffer sizes = ByteBuffer.allocate(4 * count);
        frames.sizes().forEach(sizes::putInt);
        ByteBuffer format = ByteBuffer.allocate(78);
        format.position(6).putShort((short) 1).position(24);
        format.putShort((short) frames.width()).putShort((short) frames.height());
        format.putInt(72 << 16).putInt(72 << 16).putInt(0).putShort((short) 1);
        format.position(74).putShort((short) 24).putShort((short) -1);
        byte[] table = box(
                "stbl",
                box("stsd", ints(0, 1), box("jpeg", format.array())),
                box("stts", ints(0, 1, count, TIME_SCALE / frames.perSecond())),
                box("stsc", ints(0, 1, 1, count, 1)),
                box("stsz", ints(0, 0, count), sizes.array()),
                box("co64", ints(0, 1, (int) (frames.offset() >> 32), (int) frames.offset())));
        byte[] media = box(
                "mdia",
                box("mdhd", ints(0, time, time, TIME_SCALE, duration, 0)),
                box("hdlr", ints(0), ascii("mhlrvide"), ints(0, 0, 0), new byte[1]),
                box(
                        "minf",
                        box("vmhd", ints(1, 0, 0)),
                        box("hdlr", ints(0), ascii("dhlralis"), ints(0, 0, 0), new byte[1]),
                        box("dinf", box("dref", ints(0, 1), box("alis", ints(1)))),
                        table));
        byte[] header = box(
                "tkhd",
                ints(15, time, time, 1, 0, duration, 0, 0, 0, 0),
                matrix(),
                ints(frames.width() << 16, frames.height() << 16));
        return box("trak", header, media);
    }

    /**
     * Returns a HEIF photo up to the header of its media data, which fills the file. Its EXIF is valid, but its picture
     * is noise.
     */
    static byte[] heif(Shot shot, long fileSize) {
        byte[] type = fileType("heic", "mif1", "heic");
        byte[] tiff = shot.exif();
        byte[] exif = join(ints(6), ascii("Exif\0\0"), tiff);
        int metaLength = heifMeta(0, 0, 0).length;
        int dataStart = type.length + metaLength + 16;
        byte[] meta = heifMeta(dataStart, exif.length, (int) Math.min(fileSize - dataStart, Integer.MAX_VALUE));
        return join(type, meta, mediaDataHeader(fileSize - dataStart), exif);
    }

    private static byte[] heifMeta(int exifStart, int exifLength, int dataLength) {
        byte[] items = join(item(1, "hvc1"), item(2, "Exif"));
        byte[] locations = join(
                ints(0),
                new byte[] {0x44, 0, 0, 2},
                location(1, exifStart + exifLength, dataLength - exifLength),
                location(2, exifStart, exifLength));
        return box(
                "meta",
                ints(0),
                box("hdlr", ints(0, 0), ascii("pict"), ints(0, 0, 0), new byte[1]),
                box("pitm", ints(0), new byte[] {0, 1}),
                box("iinf", ints(0), new byte[] {0, 2}, items),
                box("iloc", locations));
    }

    private static byte[] item(int id, String type) {
        return box("infe", ints(2 << 24, id << 16), ascii(type), new byte[1]);
    }

    private static byte[] location(int id, int start, int length) {
        return join(new byte[] {0, (byte) id, 0, 0, 0, 1}, ints(start, length));
    }

    private static byte[] box(String type, byte[]... parts) {
        byte[] content = join(parts);
        return join(ints(content.length + 8), ascii(type), content);
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] ints(int... values) {
        ByteBuffer out = ByteBuffer.allocate(4 * values.length);
        for (int value : values) {
            out.putInt(value);
        }
        return out.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
