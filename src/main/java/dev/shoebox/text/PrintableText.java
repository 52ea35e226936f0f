package dev.shoebox.text;

import java.util.Locale;

/** Text that may hold a name from a phone, made safe to look at. */
public final class PrintableText {
    private PrintableText() {}

    /** Whatever could move a cursor, change colours or turn the reading direction shows as {@code \}{@code u....}. */
    public static String of(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            int type = Character.getType(point);
            boolean shows = type != Character.CONTROL
                    && type != Character.FORMAT
                    && type != Character.LINE_SEPARATOR
                    && type != Character.PARAGRAPH_SEPARATOR
                    && type != Character.SURROGATE;
            if (shows || isJoiner(point)) {
                safe.appendCodePoint(point);
            } else {
                safe.append(String.format(Locale.ROOT, "\\u%04x", point));
            }
        });
        return safe.toString();
    }

    /** Zero-width joiners hold emoji and some scripts together and do no harm. */
    private static boolean isJoiner(int point) {
        return point == 0x200C || point == 0x200D;
    }
}
