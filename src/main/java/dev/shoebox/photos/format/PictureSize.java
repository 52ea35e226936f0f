package dev.shoebox.photos.format;

import java.nio.ByteBuffer;

/** The size in pixels of a small JPEG or PNG in memory. */
public final class PictureSize {
    /** Pictures of this size are thumbnails: no camera since 1995 makes such small ones, in pixels. */
    private static final int THUMBNAIL = 512;

    private PictureSize() {}

    public static boolean isTiny(ByteBuffer picture) {
        ByteBuffer bytes = picture.slice();
        try {
            if (bytes.getInt(0) == 0x89504e47) {
                return isTiny(bytes.getInt(16), bytes.getInt(20));
            }
            return (bytes.getShort(0) & 0xffff) == 0xffd8 && isTinyJpeg(bytes);
        } catch (IndexOutOfBoundsException cut) {
            return false;
        }
    }

    private static boolean isTinyJpeg(ByteBuffer bytes) {
        int at = 2;
        while (true) {
            int marker = bytes.getShort(at) & 0xffff;
            // Start of frame, with any compression; C4, C8 and CC mean something else.
            boolean frame = marker >= 0xffc0 && marker <= 0xffcf;
            if (frame && marker != 0xffc4 && marker != 0xffc8 && marker != 0xffcc) {
                return isTiny(bytes.getShort(at + 7) & 0xffff, bytes.getShort(at + 5) & 0xffff);
            }
            if (marker < 0xff01 || marker == 0xffda) {
                return false;
            }
            at += 2 + Math.max(2, bytes.getShort(at + 2) & 0xffff);
        }
    }

    private static boolean isTiny(int width, int height) {
        return width > 0 && height > 0 && width <= THUMBNAIL && height <= THUMBNAIL;
    }
}
