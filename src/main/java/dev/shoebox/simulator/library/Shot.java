package dev.shoebox.simulator.library;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One exposure, as recorded in a photo's metadata.
 *
 * @param contentId the identifier that links both halves of a Live Photo, or empty
 * @param uniqueId makes the content differ from that of every other photo
 */
public record Shot(OffsetDateTime taken, String model, String contentId, String uniqueId) {
    private static final DateTimeFormatter EXIF_TIME = DateTimeFormatter.ofPattern("uuuu:MM:dd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter EXIF_OFFSET = DateTimeFormatter.ofPattern("xxx", Locale.ROOT);

    private static final int ASCII = 2;
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int UNDEFINED = 7;
    private static final int FIRST_FOLDER = 8;

    private record Entry(int tag, int type, int count, ByteBuffer value) {}

    /** Returns a big-endian TIFF with the tags that iOS writes, from EXIF 2.32 and Apple's maker note. */
    byte[] exif() {
        String time = EXIF_TIME.format(taken);
        String offset = EXIF_OFFSET.format(taken);
        List<Entry> image = new ArrayList<>(List.of(
                text(0x10f, "Apple"),
                text(0x110, model),
                number(0x112, SHORT, 1),
                text(0x131, "17.5.1"),
                text(0x132, time),
                number(0x8769, LONG, 0)));
        List<Entry> photo = new ArrayList<>(List.of(
                new Entry(0x9000, UNDEFINED, 4, ascii("0232")),
                text(0x9003, time),
                text(0x9004, time),
                text(0x9010, offset),
                text(0x9011, offset),
                text(0x9012, offset)));
        if (!contentId.isEmpty()) {
            ByteBuffer note = makerNote();
            photo.add(new Entry(0x927c, UNDEFINED, note.remaining(), note));
        }
        photo.add(text(0x9291, "%03d".formatted(taken.getNano() / 1_000_000)));
        photo.add(text(0xa420, uniqueId));
        int photoFolder = FIRST_FOLDER + folder(image, FIRST_FOLDER).length;
        image.set(image.size() - 1, number(0x8769, LONG, photoFolder));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {'M', 'M', 0, 42, 0, 0, 0, FIRST_FOLDER});
        out.writeBytes(folder(image, FIRST_FOLDER));
        out.writeBytes(folder(photo, photoFolder));
        return out.toByteArray();
    }

    /** Offsets in Apple's maker note are relative to its start; tag 17 is the content identifier. */
    private ByteBuffer makerNote() {
        byte[] intro = {'A', 'p', 'p', 'l', 'e', ' ', 'i', 'O', 'S', 0, 0, 1, 'M', 'M'};
        byte[] tags = folder(List.of(text(17, contentId)), intro.length);
        return ByteBuffer.allocate(intro.length + tags.length)
                .put(intro)
                .put(tags)
                .flip();
    }

    private static Entry text(int tag, String value) {
        return new Entry(tag, ASCII, value.length() + 1, ascii(value + '\0'));
    }

    private static Entry number(int tag, int type, int value) {
        ByteBuffer bytes = ByteBuffer.allocate(4);
        bytes.putInt(type == SHORT ? value << 16 : value);
        return new Entry(tag, type, 1, bytes.flip());
    }

    private static ByteBuffer ascii(String value) {
        return ByteBuffer.wrap(value.getBytes(StandardCharsets.US_ASCII));
    }

    /** Returns an image file directory for an offset, followed by its longer values. */
    private static byte[] folder(List<Entry> entries, int offset) {
        int size = 2 + 12 * entries.size() + 4;
        int length = size;
        for (Entry entry : entries) {
            length += entry.value().remaining() > 4 ? even(entry.value().remaining()) : 0;
        }
        ByteBuffer out = ByteBuffer.allocate(length);
        out.putShort((short) entries.size());
        int next = size;
        for (Entry entry : entries) {
            ByteBuffer value = entry.value().duplicate();
            out.putShort((short) entry.tag()).putShort((short) entry.type()).putInt(entry.count());
            if (value.remaining() <= 4) {
                out.mark().putInt(0).reset();
                int end = out.position() + 4;
                out.put(value).position(end);
            } else {
                out.putInt(offset + next);
                int resume = out.position();
                int room = even(value.remaining());
                out.position(next).put(value).position(resume);
                next += room;
            }
        }
        return out.array();
    }

    private static int even(int length) {
        return length + length % 2;
    }
}
