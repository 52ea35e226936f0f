package dev.shoebox.photos.metadata;

import dev.shoebox.photos.metadata.field.MediaFacts;
import dev.shoebox.photos.source.ReadOnlyChannel;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Tiny photos and films made byte by byte, and a channel that counts what is read of them. */
public final class Crafted {
    private Crafted() {}

    /** Builds a TIFF structure: entries of the first directory, of the Exif directory, and Apple's note. */
    public static final class TiffBuilder {
        @SuppressWarnings("ArrayRecordComponent") // never compared
        private record Entry(int tag, int type, byte[] value) {}

        private final List<Entry> first = new ArrayList<>();
        private final List<Entry> exif = new ArrayList<>();
        private ByteOrder order = ByteOrder.BIG_ENDIAN;

        public TiffBuilder littleEndian() {
            order = ByteOrder.LITTLE_ENDIAN;
            return this;
        }

        public TiffBuilder make(String make, String model) {
            first.add(new Entry(0x010f, 2, ascii(make + "\0")));
            first.add(new Entry(0x0110, 2, ascii(model + "\0")));
            return this;
        }

        public TiffBuilder changed(String time) {
            first.add(new Entry(0x0132, 2, ascii(time + "\0")));
            return this;
        }

        public TiffBuilder exif(int tag, String text) {
            exif.add(new Entry(tag, 2, ascii(text + "\0")));
            return this;
        }

        public TiffBuilder original(String time) {
            return exif(0x9003, time);
        }

        public TiffBuilder makerNote(byte[] note) {
            exif.add(new Entry(0x927c, 7, note));
            return this;
        }

        public TiffBuilder appleNote(String contentIdentifier) {
            byte[] value = ascii(contentIdentifier + "\0");
            ByteBuffer note = ByteBuffer.allocate(14 + 2 + 12 + 4 + value.length);
            note.put(ascii("Apple iOS\0")).putShort((short) 1).put(ascii("MM"));
            note.putShort((short) 1).putShort((short) 0x11).putShort((short) 2);
            note.putInt(value.length).putInt(32).putInt(0).put(value);
            return makerNote(note.array());
        }

        public byte[] build() {
            int firstSize = 2 + 12 * (first.size() + 1) + 4;
            int exifSize = 2 + 12 * exif.size() + 4;
            int values = 8 + firstSize + exifSize;
            ByteArrayOutputStream tail = new ByteArrayOutputStream();
            ByteBuffer head = ByteBuffer.allocate(values).order(order);
            head.put(ascii(order == ByteOrder.BIG_ENDIAN ? "MM" : "II"))
                    .putShort((short) 42)
                    .putInt(8);
            head.putShort((short) (first.size() + 1));
            first.forEach(entry -> put(head, entry, values, tail));
            head.putShort((short) 0x8769).putShort((short) 4).putInt(1).putInt(8 + firstSize);
            head.putInt(0).putShort((short) exif.size());
            exif.forEach(entry -> put(head, entry, values, tail));
            head.putInt(0);
            return concat(head.array(), tail.toByteArray());
        }

        private static void put(ByteBuffer head, Entry entry, int values, ByteArrayOutputStream tail) {
            head.putShort((short) entry.tag()).putShort((short) entry.type()).putInt(entry.value().length);
            if (entry.value().length <= 4) {
                head.put(entry.value()).put(new byte[4 - entry.value().length]);
            } else {
                head.putInt(values + tail.size());
                tail.writeBytes(entry.value());
            }
        }
    }

    public static TiffBuilder tiff() {
        return new TiffBuilder();
    }

    public static byte[] jpeg(byte[]... segments) {
        return concat(bytes(0xff, 0xd8), concat(segments), bytes(0xff, 0xda, 0, 2, 1, 2, 3, 0xff, 0xd9));
    }

    public static byte[] exifSegment(byte[] tiff) {
        return segment(concat(ascii("Exif\0\0"), tiff));
    }

    public static byte[] segment(byte[] content) {
        return concat(bytes(0xff, 0xe1, (content.length + 2) >> 8, (content.length + 2) & 0xff), content);
    }

    /** A segment of a JPEG with any marker. */
    static byte[] rawSegment(int marker, byte[] content) {
        return concat(bytes(0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 0xff), content);
    }

    public static byte[] png(byte[]... chunks) {
        return concat(
                bytes(0x89, 'P', 'N', 'G', 13, 10, 26, 10),
                chunk("IHDR", new byte[13]),
                concat(chunks),
                chunk("IDAT", new byte[100]),
                chunk("IEND", new byte[0]));
    }

    public static byte[] chunk(String type, byte[] content) {
        return concat(int32(content.length), ascii(type), content, new byte[4]);
    }

    public static byte[] webp(byte[]... chunks) {
        byte[] content = concat(chunks);
        return concat(ascii("RIFF"), little(content.length + 4), ascii("WEBP"), content);
    }

    public static byte[] riffChunk(String type, byte[] content) {
        return concat(ascii(type), little(content.length), content, new byte[content.length & 1]);
    }

    public static byte[] box(String type, byte[]... content) {
        byte[] all = concat(content);
        return concat(int32(all.length + 8), type.getBytes(StandardCharsets.ISO_8859_1), all);
    }

    /** A box with a 64-bit size. */
    public static byte[] wideBox(String type, byte[]... content) {
        byte[] all = concat(content);
        return concat(int32(1), ascii(type), int64(all.length + 16L), all);
    }

    public static byte[] movieHeader(long secondsSince1904) {
        return box("mvhd", int32(0), int32((int) secondsSince1904), new byte[92]);
    }

    /** Apple's keys: alternating names and values. */
    public static byte[] keys(String... pairs) {
        byte[] keys = concat(int32(0), int32(pairs.length / 2));
        byte[] values = new byte[0];
        for (int i = 0; i < pairs.length; i += 2) {
            keys = concat(keys, box("mdta", ascii(pairs[i])));
            byte[] data = box("data", int32(1), int32(0), ascii(pairs[i + 1]));
            values = concat(values, int32(data.length + 8), int32(i / 2 + 1), data);
        }
        return box("meta", box("hdlr", new byte[24]), box("keys", keys), box("ilst", values));
    }

    /** A HEIC or AVIF whose Exif item is behind the picture. */
    public static byte[] heif(String brand, byte[] tiff) {
        return heif(brand, 20_000, tiff);
    }

    private static byte[] heif(String brand, int pictureBytes, byte[] tiff) {
        byte[] item = concat(int32(6), ascii("Exif\0\0"), tiff);
        byte[] type = box("ftyp", ascii(brand), int32(0), ascii("mif1"));
        byte[] picture = box("mdat", new byte[pictureBytes]);
        byte[] meta = heifMeta(0, item.length);
        int offset = type.length + meta.length + picture.length + 8;
        return concat(type, heifMeta(offset, item.length), picture, box("mdat", item));
    }

    public static byte[] heifMeta(int offset, int length) {
        byte[] info = box("infe", int32(0x02000000), bytes(0, 7, 0, 0), ascii("Exif"), bytes(0));
        return box(
                "meta",
                int32(0),
                box("hdlr", new byte[24]),
                box("iinf", int32(0), bytes(0, 1), info),
                box("iloc", int32(0), bytes(0x44, 0, 0, 1, 0, 7, 0, 0, 0, 1), int32(offset), int32(length)));
    }

    private static byte[] soundTiff() {
        return tiff().make("Apple", "iPhone")
                .original("2021:06:05 12:34:56")
                .exif(0x9011, "+02:00")
                .appleNote("AB")
                .build();
    }

    public static List<byte[]> soundTiffs() {
        return List.of(
                soundTiff(),
                CraftedNote.canon("EF50mm f/1.8", 120, "", ""),
                CraftedNote.nikon(List.of(180, 550, 35, 56), 60, 1),
                CraftedNote.panasonic("LUMIX G 20/F1.7"),
                tiff().littleEndian()
                        .make("Apple", "iPhone")
                        .changed("2021:06:05 12:34:56")
                        .exif(0x9004, "2021:06:05 12:34:56")
                        .exif(0x9292, "789")
                        .build());
    }

    public static List<byte[]> soundXmp() {
        return List.of(
                ascii("<x xmp:CreateDate='2021-01-01' tiff:Make=\"Apple\"/>"),
                ascii(
                        "<exif:DateTimeOriginal>2021-06-05T12:34:56+02:00</exif:DateTimeOriginal><tiff:Model>M</tiff:Model>"));
    }

    static List<byte[]> soundJpegs() {
        byte[] xmp = concat(ascii("http://ns.adobe.com/xap/1.0/\0"), soundXmp().get(0));
        return List.of(jpeg(segment(xmp), exifSegment(soundTiff())));
    }

    public static List<byte[]> soundPngs() {
        byte[] xmp = concat(ascii("XML:com.adobe.xmp\0\0\0en\0\0"), soundXmp().get(0));
        byte[] mail = ascii("Creation Time\0Sun, 15 Jan 2023 10:11:12 +0100");
        return List.of(
                png(chunk("eXIf", soundTiff()), chunk("tEXt", ascii("Creation Time\0002021:06:05 12:34:56"))),
                png(chunk("iTXt", xmp), chunk("tEXt", mail)));
    }

    static List<byte[]> soundWebps() {
        return List.of(webp(
                riffChunk("VP8X", new byte[10]),
                riffChunk("EXIF", soundTiff()),
                riffChunk("XMP ", soundXmp().get(0))));
    }

    static List<byte[]> soundHeifs() {
        return List.of(heif("heic", 400, soundTiff()), heif("avif", 0, soundTiff()));
    }

    static List<byte[]> soundFilms() {
        byte[] keys = keys(
                "com.apple.quicktime.make",
                "Apple",
                "com.apple.quicktime.creationdate",
                "2021-06-05T12:34:56+0200",
                "com.apple.quicktime.content.identifier",
                "AB");
        byte[] day = box("\u00a9day", bytes(0, 10, 0, 0), ascii("2021-06-05"));
        return List.of(
                concat(box("ftyp", ascii("qt  ")), box("moov", movieHeader(3_600_000_000L), keys)),
                concat(wideBox("mdat", new byte[50]), box("moov", movieHeader(3_600_000_000L), box("udta", day))),
                concat(box("ftyp", ascii("crx ")), box("moov", box("uuid", canon(), box("CMT1", soundTiff())))));
    }

    private static byte[] canon() {
        return concat(int64(0x85c0b687820f11e0L), int64(0x8111f4ce462b6a48L));
    }

    /** One small file of each format and of each place in which it may hold its facts. */
    static List<byte[]> soundFiles() {
        byte[] raf = concat(
                ascii("FUJIFILMCCD-RAW"), new byte[69], int32(88), soundJpegs().get(0));
        return Stream.of(
                        soundTiffs(), soundJpegs(), soundPngs(), soundWebps(), soundHeifs(), soundFilms(), List.of(raf))
                .flatMap(List::stream)
                .toList();
    }

    public static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    public static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    public static byte[] int32(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    public static byte[] int64(long value) {
        return ByteBuffer.allocate(8).putLong(value).array();
    }

    public static byte[] little(int value) {
        return int32(Integer.reverseBytes(value));
    }

    public static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static MediaFacts read(byte[] bytes) {
        try {
            return Metadata.read(new Counting(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes in memory as a channel. */
    public static final class Counting extends ReadOnlyChannel {
        private final byte[] bytes;
        private long read;

        public Counting(byte[] bytes) {
            super(bytes.length);
            this.bytes = bytes;
        }

        long bytesRead() {
            return read;
        }

        @Override
        protected int read(long from, ByteBuffer into) {
            int count = (int) Math.min(into.remaining(), size() - from);
            into.put(bytes, (int) from, count);
            read += count;
            return count;
        }
    }
}
