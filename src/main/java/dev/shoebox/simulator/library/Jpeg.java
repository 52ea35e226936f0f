package dev.shoebox.simulator.library;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes JPEG files as a camera does: the EXIF segment comes first. */
public final class Jpeg {
    private static final int MARKERS = 2;

    private Jpeg() {}

    /** Returns a complete, grey photo of 8 by 8 pixels. Viewers ignore whatever follows it in a file. */
    public static byte[] tiny(Shot shot) {
        return withExif(shot, greySquare());
    }

    /** Replaces the JFIF segment that Java's encoder writes with EXIF. */
    static byte[] withExif(Shot shot, byte[] jpeg) {
        byte[] exif = shot.exif();
        byte[] intro = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
        int rest = MARKERS;
        if (jpeg[3] == (byte) 0xe0) {
            rest += 2 + ByteBuffer.wrap(jpeg).getShort(4);
        }
        ByteBuffer out = ByteBuffer.allocate(6 + intro.length + exif.length + jpeg.length - rest);
        out.putInt(0xffd8ffe1).putShort((short) (2 + intro.length + exif.length));
        out.put(intro).put(exif).put(jpeg, rest, jpeg.length - rest);
        return out.array();
    }

    /** Returns a baseline JPEG (ITU T.81): one grey block, whose two Huffman tables have one code each. */
    private static byte[] greySquare() {
        ByteBuffer out = ByteBuffer.allocate(256);
        out.putShort((short) 0xffd8);
        byte[] quantization = new byte[64];
        Arrays.fill(quantization, (byte) 1);
        out.putInt(0xffdb0043).put((byte) 0).put(quantization);
        out.putInt(0xffc0000b).put(new byte[] {8, 0, 8, 0, 8, 1, 1, 0x11, 0});
        for (int table : new int[] {0x00, 0x10}) {
            out.putInt(0xffc40014)
                    .put((byte) table)
                    .put((byte) 1)
                    .put(new byte[15])
                    .put((byte) 0);
        }
        out.putInt(0xffda0008).put(new byte[] {1, 1, 0, 0, 63, 0, 0x3f});
        out.putShort((short) 0xffd9);
        return Arrays.copyOf(out.array(), out.position());
    }
}
