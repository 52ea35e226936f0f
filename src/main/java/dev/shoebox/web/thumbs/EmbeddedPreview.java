package dev.shoebox.web.thumbs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.Optional;

/**
 * The small JPEG that cameras embed in the Exif part of a photo (IFD1 of Exif 2.32, tags 0x0201 and 0x0202). Decodes
 * nothing, and checks every offset. A small picture is its own preview.
 */
public final class EmbeddedPreview {
    /** Smaller files are sent unchanged. */
    private static final int SMALL = 200 << 10;

    private static final int SOI = 0xffd8;
    private static final int APP1 = 0xffe1;
    private static final int START_OF_SCAN = 0xffda;
    private static final byte[] EXIF = {'E', 'x', 'i', 'f', 0, 0};
    private static final int ENTRY = 12;
    private static final int ORIENTATION = 0x0112;
    private static final int OFFSET = 0x0201;
    private static final int LENGTH = 0x0202;

    private EmbeddedPreview() {}

    /**
     * Reads the start of a file.
     *
     * @param size the size of the file, in bytes
     * @param most how many bytes to read at most of a file that is not small
     */
    public static Optional<byte[]> of(SeekableByteChannel file, long size, int most) throws IOException {
        byte[] head = read(file, (int) Math.min(size, most));
        Optional<byte[]> preview = inExif(head);
        if (preview.isEmpty() && size <= SMALL && PictureType.of(head).isPresent()) {
            byte[] rest = read(file, (int) (size - head.length));
            byte[] whole = Arrays.copyOf(head, head.length + rest.length);
            System.arraycopy(rest, 0, whole, head.length, rest.length);
            return Optional.of(whole);
        }
        return preview;
    }

    private static byte[] read(SeekableByteChannel file, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining() && file.read(buffer) >= 0) {
            // Read until the buffer is full or the file ends.
        }
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    /** Returns the preview in the first bytes of a JPEG. */
    static Optional<byte[]> inExif(byte[] head) {
        return exif(head).flatMap(EmbeddedPreview::inTiff);
    }

    /** Returns the Exif orientation of a JPEG, 1 to 8; 1 if absent. */
    static int orientation(byte[] head) {
        long said = exif(head)
                .map(ByteBuffer::wrap)
                .filter(tiff -> tiff.limit() >= 8)
                .map(tiff -> {
                    tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
                    return value(tiff, tiff.getInt(4) & 0xffffffffL, ORIENTATION);
                })
                .orElse(1L);
        return said < 1 || said > 8 ? 1 : (int) said;
    }

    private static Optional<byte[]> exif(byte[] head) {
        ByteBuffer bytes = ByteBuffer.wrap(head);
        if (head.length < 4 || (bytes.getShort(0) & 0xffff) != SOI) {
            return Optional.empty();
        }
        int at = 2;
        while (at + 4 <= head.length) {
            int marker = bytes.getShort(at) & 0xffff;
            int length = bytes.getShort(at + 2) & 0xffff;
            if (marker < 0xff00 || marker == START_OF_SCAN || length < 2) {
                return Optional.empty();
            }
            int start = at + 4;
            int end = Math.min(head.length, at + 2 + length);
            if (marker == APP1
                    && start + EXIF.length <= end
                    && Arrays.equals(head, start, start + EXIF.length, EXIF, 0, EXIF.length)) {
                return Optional.of(Arrays.copyOfRange(head, start + EXIF.length, end));
            }
            at += 2 + length;
        }
        return Optional.empty();
    }

    private static Optional<byte[]> inTiff(byte[] tiff) {
        if (tiff.length < 8) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(tiff);
        bytes.order(tiff[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        long first = bytes.getInt(4) & 0xffffffffL;
        int orientation = (int) value(bytes, first, ORIENTATION);
        long second = next(bytes, first);
        long offset = value(bytes, second, OFFSET);
        long length = value(bytes, second, LENGTH);
        if (offset <= 0 || length <= 4 || offset + length > tiff.length) {
            return Optional.empty();
        }
        byte[] jpeg = Arrays.copyOfRange(tiff, (int) offset, (int) (offset + length));
        boolean isJpeg =
                PictureType.of(jpeg).filter(type -> type == PictureType.JPEG).isPresent();
        return isJpeg ? Optional.of(turned(jpeg, orientation)) : Optional.empty();
    }

    private static boolean isDirectory(ByteBuffer bytes, long at) {
        return at > 0 && at + 2 <= bytes.limit() && at + 2 + ENTRY * (long) count(bytes, at) + 4 <= bytes.limit();
    }

    private static int count(ByteBuffer bytes, long at) {
        return bytes.getShort((int) at) & 0xffff;
    }

    private static long next(ByteBuffer bytes, long at) {
        return isDirectory(bytes, at) ? bytes.getInt((int) at + 2 + ENTRY * count(bytes, at)) & 0xffffffffL : 0;
    }

    /** Returns a short or long value of a directory; 0 if absent. */
    private static long value(ByteBuffer bytes, long at, int tag) {
        if (!isDirectory(bytes, at)) {
            return 0;
        }
        for (int i = 0; i < count(bytes, at); i++) {
            int entry = (int) at + 2 + ENTRY * i;
            if ((bytes.getShort(entry) & 0xffff) == tag) {
                return bytes.getShort(entry + 2) == 3
                        ? bytes.getShort(entry + 8) & 0xffff
                        : bytes.getInt(entry + 8) & 0xffffffffL;
            }
        }
        return 0;
    }

    /** Copies the orientation of the photo to the preview, whose pixels are in the order of the sensor. */
    static byte[] turned(byte[] jpeg, int orientation) {
        if (orientation < 2 || orientation > 8) {
            return jpeg;
        }
        ByteBuffer turned = ByteBuffer.allocate(jpeg.length + 36);
        turned.put(jpeg, 0, 2);
        turned.putShort((short) APP1).putShort((short) 34).put(EXIF);
        turned.put((byte) 'M').put((byte) 'M').putShort((short) 42).putInt(8);
        turned.putShort((short) 1);
        turned.putShort((short) ORIENTATION)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0);
        turned.putInt(0);
        turned.put(jpeg, 2, jpeg.length - 2);
        return turned.array();
    }
}
