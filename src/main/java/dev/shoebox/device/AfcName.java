package dev.shoebox.device;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * File names on the phone are bytes, nearly always UTF-8. As text, a byte that is not part of UTF-8 stands as
 * {@code \xHH} (capital digits), and so does a backslash that would read as such an escape: text and bytes translate
 * into each other without loss.
 */
final class AfcName {
    private static final String DIGITS = "0123456789ABCDEF";
    private static final int ESCAPE = 4;

    private AfcName() {}

    static String text(byte[] name) {
        String whole = new String(name, UTF_8);
        if (whole.indexOf('\\') < 0 && Arrays.equals(whole.getBytes(UTF_8), name)) {
            return whole;
        }
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < name.length; ) {
            int length = characterAt(name, at);
            if (length == 0 || isEscape(name, at)) {
                text.append("\\x").append(DIGITS.charAt(name[at] >> 4 & 0xf)).append(DIGITS.charAt(name[at] & 0xf));
                at++;
            } else {
                text.append(new String(name, at, length, UTF_8));
                at += length;
            }
        }
        return text.toString();
    }

    static byte[] bytes(String text) {
        byte[] utf8 = text.getBytes(UTF_8);
        if (text.indexOf('\\') < 0) {
            return utf8;
        }
        ByteArrayOutputStream name = new ByteArrayOutputStream(utf8.length);
        for (int at = 0; at < utf8.length; ) {
            if (isEscape(utf8, at)) {
                name.write(DIGITS.indexOf(utf8[at + 2]) << 4 | DIGITS.indexOf(utf8[at + 3]));
                at += ESCAPE;
            } else {
                name.write(utf8[at++]);
            }
        }
        return name.toByteArray();
    }

    private static boolean isEscape(byte[] bytes, int at) {
        return at + ESCAPE <= bytes.length
                && bytes[at] == '\\'
                && bytes[at + 1] == 'x'
                && DIGITS.indexOf(bytes[at + 2]) >= 0
                && DIGITS.indexOf(bytes[at + 3]) >= 0;
    }

    /** How many bytes the UTF-8 character here takes, or 0 if there is none. */
    private static int characterAt(byte[] bytes, int at) {
        int lead = bytes[at] & 0xff;
        int length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        if (at + length > bytes.length) {
            return 0;
        }
        // Encoding it again shows over-long forms, surrogates and stray bytes, which decode to something else.
        byte[] again = new String(bytes, at, length, UTF_8).getBytes(UTF_8);
        return Arrays.equals(again, 0, again.length, bytes, at, at + length) ? length : 0;
    }
}
