package dev.shoebox.cli;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The smallest files that are complete pictures and films, each with content of its own. */
public final class Pictures {
    private static final int JPEG_START = 0xffd8;
    private static final int JPEG_COMMENT = 0xfffe;
    private static final int JPEG_SCAN = 0xffda;
    private static final int JPEG_END = 0xffd9;

    private Pictures() {}

    /** @param content distinguishes it from others */
    public static byte[] jpeg(String content) {
        byte[] comment = content.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(comment.length + 36)
                .putShort((short) JPEG_START)
                .putShort((short) JPEG_COMMENT)
                .putShort((short) (comment.length + 2))
                .put(comment)
                .putShort((short) JPEG_SCAN)
                .putShort((short) 8)
                .put(new byte[] {1, 1, 0, 0, 63, 0})
                .put("the picture itself".getBytes(StandardCharsets.UTF_8), 0, 18)
                .putShort((short) JPEG_END)
                .array();
    }

    static byte[] png(String content) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes(ByteBuffer.allocate(8).putLong(0x89504e470d0a1a0aL).array());
        chunk(png, "IHDR", new byte[13]);
        chunk(png, "tEXt", ("Comment\0" + content).getBytes(StandardCharsets.UTF_8));
        chunk(png, "IDAT", new byte[20]);
        chunk(png, "IEND", new byte[0]);
        return png.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream png, String type, byte[] data) {
        png.writeBytes(ByteBuffer.allocate(data.length + 12)
                .putInt(data.length)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .put(data)
                .putInt(0)
                .array());
    }

    public static byte[] film(String content) {
        ByteArrayOutputStream film = new ByteArrayOutputStream();
        film.writeBytes(box("ftyp", "qt  \0\0\0\0"));
        film.writeBytes(box("mdat", content));
        film.writeBytes(box("moov", "the description of it: as long as it must be"));
        return film.toByteArray();
    }

    static byte[] box(String type, String content) {
        return box(type, content.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] box(String type, byte[] bytes) {
        return ByteBuffer.allocate(bytes.length + 8)
                .putInt(bytes.length + 8)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .put(bytes)
                .array();
    }
}
