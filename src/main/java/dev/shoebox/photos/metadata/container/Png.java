package dev.shoebox.photos.metadata.container;

import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.CaptureTime.Origin;
import dev.shoebox.photos.metadata.field.BoundedReader;
import dev.shoebox.photos.metadata.field.ByteChannel;
import dev.shoebox.photos.metadata.field.DateText;
import dev.shoebox.photos.metadata.field.MetadataBuilder;
import dev.shoebox.photos.metadata.field.MetadataBuilder.Rank;
import dev.shoebox.photos.metadata.tag.Iptc;
import dev.shoebox.photos.metadata.tag.Tiff;
import dev.shoebox.photos.metadata.tag.Xmp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Reads the metadata chunks of a PNG: EXIF, XMP, texts, and ImageMagick's raw profiles in texts. */
public final class Png {
    private static final int EXIF = BoundedReader.code("eXIf");
    private static final int TEXT = BoundedReader.code("tEXt");
    private static final int COMPRESSED_TEXT = BoundedReader.code("zTXt");
    private static final int INTERNATIONAL_TEXT = BoundedReader.code("iTXt");
    private static final int PICTURE = BoundedReader.code("IDAT");
    private static final int HEADER = BoundedReader.code("IHDR");
    private static final int END = BoundedReader.code("IEND");

    private static final String XMP = "XML:com.adobe.xmp";
    private static final String RAW_PROFILE = "Raw profile type ";
    private static final int LONGEST_KEYWORD = 79;
    private static final int LONGEST_TEXT = 256 << 10;

    /**
     * Texts may follow the picture, but visiting each of its thousands of chunks is too expensive: the end of the file
     * is read instead.
     */
    private static final int MOST_PICTURE_CHUNKS = 64;

    private static final int TAIL = 64 << 10;

    /** A chain of so many chunks that ends exactly with the file is no coincidence. */
    private static final int MOST_CHUNKS = 64;

    private final BoundedReader reader;
    private final MetadataBuilder found;

    private Png(BoundedReader reader, MetadataBuilder found) {
        this.reader = reader;
        this.found = found;
    }

    public static void read(BoundedReader reader, MetadataBuilder found) throws IOException {
        Png png = new Png(reader, found);
        int pictures = 0;
        long at = 8;
        while (!found.isSettled()) {
            long from = at + 8;
            long to = from + reader.u32(at);
            int type = reader.i32(at + 4);
            if (type == END) {
                return;
            } else if (type == PICTURE && ++pictures > MOST_PICTURE_CHUNKS) {
                png.tail(to);
                return;
            }
            png.chunk(type, from, to);
            at = to + 4;
        }
    }

    /** Finds the chunks after the picture from the end of the file, which a chain of them reaches exactly. */
    private void tail(long after) throws IOException {
        long start = Math.max(after, reader.size() - TAIL);
        byte[] tail = reader.bytes(start, (int) (reader.size() - start));
        for (int i = 4; i + 8 <= tail.length; i++) {
            int type = code(tail, i);
            boolean text = type == EXIF || type == TEXT || type == COMPRESSED_TEXT || type == INTERNATIONAL_TEXT;
            if (text && isChain(tail, i - 4)) {
                for (long at = start + i - 4; at < reader.size() - 12 && !found.isSettled(); ) {
                    long to = at + 8 + reader.u32(at);
                    chunk(reader.i32(at + 4), at + 8, to);
                    at = to + 4;
                }
                return;
            }
        }
    }

    private static boolean isChain(byte[] tail, int at) {
        long next = at;
        for (int i = 0; i < MOST_CHUNKS && next >= 0 && next <= tail.length - 12; i++) {
            if (code(tail, (int) next + 4) == END) {
                return true;
            }
            next += 12 + Integer.toUnsignedLong(code(tail, (int) next));
        }
        return false;
    }

    private static int code(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 24
                | (bytes[at + 1] & 0xff) << 16
                | (bytes[at + 2] & 0xff) << 8
                | (bytes[at + 3] & 0xff);
    }

    private void chunk(int type, long from, long to) throws IOException {
        if (type == EXIF) {
            long tiff = reader.startsWith(from, StillFormats.EXIF) ? from + StillFormats.EXIF.length() : from;
            Tiff.read(reader, tiff, to, found);
        } else if (type == HEADER) {
            found.size(reader.u32(from), reader.u32(from + 4));
        } else if (type == TEXT || type == COMPRESSED_TEXT || type == INTERNATIONAL_TEXT) {
            text(type, from, to);
        }
    }

    private void text(int type, long from, long to) throws IOException {
        long at = from;
        while (at < to && at - from <= LONGEST_KEYWORD && reader.u8(at) != 0) {
            at++;
        }
        String keyword = new String(reader.bytes(from, (int) (at - from)), StandardCharsets.ISO_8859_1);
        if (!isWanted(keyword)) {
            return;
        }
        at++;
        boolean compressed = type == COMPRESSED_TEXT;
        if (type == COMPRESSED_TEXT) {
            at++;
        } else if (type == INTERNATIONAL_TEXT) {
            // The fields are: whether and how it is compressed, a language, and the keyword in that language.
            compressed = reader.u8(at) != 0;
            at += 2;
            for (int terminators = 0; terminators < 2 && at < to; at++) {
                if (reader.u8(at) == 0) {
                    terminators++;
                }
            }
        }
        long length = Math.min(Math.min(to, reader.size()) - at, LONGEST_TEXT);
        if (length <= 0) {
            return;
        }
        byte[] raw = reader.bytes(at, (int) length);
        value(keyword, compressed ? inflated(raw) : raw);
    }

    private static boolean isWanted(String keyword) {
        String key = keyword.toLowerCase(Locale.ROOT);
        return keyword.equals(XMP)
                || keyword.startsWith(RAW_PROFILE)
                || key.equals("creation time")
                || key.equals("title")
                || key.startsWith("date:create")
                || key.equals("create-date")
                || key.equals("exif:datetimeoriginal")
                || key.equals("datetimeoriginal");
    }

    private void value(String keyword, byte[] value) throws IOException {
        if (keyword.equals(XMP)) {
            Xmp.read(value, found);
            return;
        }
        if (keyword.startsWith(RAW_PROFILE)) {
            profile(keyword.substring(RAW_PROFILE.length()).strip(), value);
            return;
        }
        String text = new String(value, 0, Math.min(value.length, 128), StandardCharsets.UTF_8);
        switch (keyword.toLowerCase(Locale.ROOT)) {
            case "title" -> found.title(text);
            case "date:create" ->
                date(text, Origin.EMBEDDED_FILE_TIME)
                        .ifPresent(time -> found.captured(Rank.EMBEDDED_FILE_TIME, "PNG date:create", time));
            default -> date(text, Origin.PNG).ifPresent(time -> found.captured(Rank.PNG, "PNG " + keyword, time));
        }
    }

    private static Optional<CaptureTime> date(String text, Origin origin) {
        return DateText.parseMailDate(text, origin).or(() -> DateText.parse(text, origin));
    }

    /**
     * Parses ImageMagick's format: a name, the number of bytes, and the bytes as hexadecimal digits, on separate lines.
     */
    private void profile(String name, byte[] text) throws IOException {
        Optional<byte[]> decoded = bytes(text);
        if (decoded.isEmpty()) {
            return;
        }
        BoundedReader profile = new BoundedReader(new ByteChannel(decoded.get()));
        long start = profile.startsWith(0, StillFormats.EXIF) ? StillFormats.EXIF.length() : 0;
        if (Tiff.isAt(profile, start)) {
            Tiff.read(profile, start, profile.size(), found);
        } else if (name.equals("xmp")
                || profile.startsWith(0, "http://ns.adobe.com/xap/1.0/\0")
                || name.equals("APP1")) {
            Xmp.read(decoded.get(), found);
        } else if (name.equals("iptc") || name.equals("8bim")) {
            if (profile.startsWith(0, "8BIM")) {
                Iptc.inPhotoshop(profile, 0, profile.size(), found);
            } else {
                Iptc.read(profile, 0, profile.size(), found);
            }
        }
    }

    private static Optional<byte[]> bytes(byte[] text) {
        int at = 0;
        while (at < text.length && Character.isWhitespace(text[at])) {
            at++;
        }
        at = pastLine(text, at);
        at = pastLine(text, at);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length / 2);
        int high = -1;
        for (; at < text.length; at++) {
            int digit = Character.digit(text[at], 16);
            if (digit < 0) {
                continue;
            }
            if (high < 0) {
                high = digit;
            } else {
                bytes.write(high << 4 | digit);
                high = -1;
            }
        }
        return bytes.size() == 0 ? Optional.empty() : Optional.of(bytes.toByteArray());
    }

    private static int pastLine(byte[] text, int from) {
        int at = from;
        while (at < text.length && text[at] != '\n') {
            at++;
        }
        return at + 1;
    }

    /** Inflates up to damage or a limit: it may claim any length. */
    private static byte[] inflated(byte[] compressed) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(compressed);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[8 << 10];
            while (out.size() < LONGEST_TEXT && !inflater.finished()) {
                int count = inflater.inflate(buffer);
                if (count == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    break;
                }
                out.write(buffer, 0, count);
            }
            return out.toByteArray();
        } catch (DataFormatException damaged) {
            return new byte[0];
        } finally {
            inflater.end();
        }
    }
}
