package dev.shoebox.photos.naming;

import dev.shoebox.photos.source.MediaFile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Represents a file name that need not be UTF-8 as text, as {@link MediaFile#path()} defines: a byte that is not part
 * of UTF-8 becomes {@code \xHH} in capital digits, and so does a backslash that would read as such an escape. The
 * mapping is lossless.
 */
public final class EscapedName {
    private static final int ESCAPE = 4;

    private EscapedName() {}

    public static String text(byte[] name) {
        String plain = new String(name, StandardCharsets.UTF_8);
        if (plain.indexOf('\\') < 0 && Arrays.equals(plain.getBytes(StandardCharsets.UTF_8), name)) {
            return plain;
        }
        StringBuilder text = new StringBuilder(name.length);
        for (int at = 0; at < name.length; ) {
            int length = lengthOfCharacter(name, at);
            if (length == 0 || startsEscape(name, at)) {
                text.append("\\x%02X".formatted(name[at] & 0xff));
                at++;
            } else {
                text.append(new String(name, at, length, StandardCharsets.UTF_8));
                at += length;
            }
        }
        return text.toString();
    }

    public static byte[] bytes(String text) {
        byte[] escaped = text.getBytes(StandardCharsets.UTF_8);
        if (text.indexOf('\\') < 0) {
            return escaped;
        }
        ByteArrayOutputStream name = new ByteArrayOutputStream(escaped.length);
        for (int at = 0; at < escaped.length; ) {
            if (startsEscape(escaped, at)) {
                name.write(Character.digit(escaped[at + 2], 16) * 16 + Character.digit(escaped[at + 3], 16));
                at += ESCAPE;
            } else {
                name.write(escaped[at++]);
            }
        }
        return name.toByteArray();
    }

    private static boolean startsEscape(byte[] bytes, int at) {
        return at + ESCAPE <= bytes.length
                && bytes[at] == '\\'
                && bytes[at + 1] == 'x'
                && isCapitalDigit(bytes[at + 2])
                && isCapitalDigit(bytes[at + 3]);
    }

    private static boolean isCapitalDigit(byte digit) {
        return (digit >= '0' && digit <= '9') || (digit >= 'A' && digit <= 'F');
    }

    /**
     * Returns the length in bytes; 0 if no valid character starts there. Over-long forms are detected because they
     * decode to shorter ones.
     */
    private static int lengthOfCharacter(byte[] bytes, int at) {
        int lead = bytes[at] & 0xff;
        int length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        if (length == 1 || at + length > bytes.length) {
            return length == 1 ? 1 : 0;
        }
        byte[] again = new String(bytes, at, length, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
        return Arrays.equals(again, 0, again.length, bytes, at, at + length) ? length : 0;
    }
}
