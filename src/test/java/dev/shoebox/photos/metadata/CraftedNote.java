package dev.shoebox.photos.metadata;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

import static dev.shoebox.photos.metadata.Crafted.ascii;
import static dev.shoebox.photos.metadata.Crafted.concat;
import static dev.shoebox.photos.metadata.Crafted.tiff;

/** TIFF structures of photos with the maker note of a camera, taken at 2011-06-05 12:34:56. */
final class CraftedNote {
    private static final int ASCII = 2;
    private static final int RATIONAL = 5;
    private static final int UNDEFINED = 7;
    private static final int SIGNED_LONG = 9;

    private final ByteOrder order;
    private final List<ByteBuffer> entries = new ArrayList<>();
    private final List<ByteBuffer> values = new ArrayList<>();

    private CraftedNote(ByteOrder order) {
        this.order = order;
    }

    private CraftedNote add(int tag, int type, int count, ByteBuffer value) {
        entries.add(ByteBuffer.allocate(8)
                .order(order)
                .putShort((short) tag)
                .putShort((short) type)
                .putInt(count));
        values.add(value);
        return this;
    }

    private CraftedNote text(int tag, String text) {
        return add(tag, ASCII, text.length() + 1, ByteBuffer.wrap(ascii(text + "\0")));
    }

    /** @param base the position of the directory, counted as its offsets are */
    private byte[] build(int base) {
        int head = 2 + 12 * entries.size() + 4;
        ByteBuffer directory = ByteBuffer.allocate(head).order(order).putShort((short) entries.size());
        ByteArrayOutputStream tail = new ByteArrayOutputStream();
        for (int i = 0; i < entries.size(); i++) {
            directory.put(entries.get(i).array()).putInt(base + head + tail.size());
            tail.writeBytes(values.get(i).array());
        }
        return concat(directory.array(), tail.toByteArray());
    }

    /** Builds twice, because the offsets of a note that count from the beginning of the file depend on its position. */
    private static byte[] placed(IntFunction<byte[]> note, String make, String offset, String exifLens) {
        byte[] unplaced = built(note.apply(0), make, offset, exifLens);
        String all = new String(unplaced, StandardCharsets.ISO_8859_1);
        int at = all.indexOf(new String(note.apply(0), StandardCharsets.ISO_8859_1));
        return built(note.apply(at), make, offset, exifLens);
    }

    private static byte[] built(byte[] note, String make, String offset, String exifLens) {
        Crafted.TiffBuilder photo = tiff().make(make, "M").original("2011:06:05 12:34:56");
        if (!offset.isEmpty()) {
            photo.exif(0x9011, offset);
        }
        photo.makerNote(note);
        if (!exifLens.isEmpty()) {
            photo.exif(0xa434, exifLens);
        }
        return photo.build();
    }

    /** @param offset the zone in EXIF, if not empty */
    static byte[] canon(String lens, int minutes, String offset, String exifLens) {
        return placed(base -> canonNote(lens, minutes).build(base), "Canon", offset, exifLens);
    }

    /** A note that an editor moved without updating its offsets. */
    static byte[] movedCanon(int by) {
        return placed(base -> canonNote("EF50mm f/1.8", 120).build(base + by), "Canon", "", "");
    }

    private static CraftedNote canonNote(String lens, int minutes) {
        ByteBuffer time =
                ByteBuffer.allocate(16).putInt(16).putInt(minutes).putInt(20).putInt(60);
        return new CraftedNote(ByteOrder.BIG_ENDIAN)
                .add(0x0035, SIGNED_LONG, 4, time)
                .text(0x0095, lens);
    }

    static byte[] panasonic(String lens) {
        byte[] head = ascii("Panasonic\0\0\0");
        CraftedNote note = new CraftedNote(ByteOrder.BIG_ENDIAN).text(0x0051, lens);
        return placed(base -> concat(head, note.build(base + head.length)), "Panasonic", "", "");
    }

    /**
     * In the other byte order than the photo.
     *
     * @param lensTenths focal lengths and f-numbers, in tenths
     */
    static byte[] nikon(List<Integer> lensTenths, int minutes, int summer) {
        ByteBuffer lens = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        lensTenths.forEach(tenths -> lens.putInt(tenths).putInt(10));
        ByteBuffer world = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        world.putShort((short) minutes).put((byte) summer);
        byte[] directory = new CraftedNote(ByteOrder.LITTLE_ENDIAN)
                .add(0x0024, UNDEFINED, 8, world)
                .add(0x0084, RATIONAL, 4, lens)
                .build(8);
        byte[] head = ascii("Nikon\0\2\u0010\0\0II\52\0\10\0\0\0");
        return placed(base -> concat(head, directory), "NIKON CORPORATION", "", "");
    }
}
