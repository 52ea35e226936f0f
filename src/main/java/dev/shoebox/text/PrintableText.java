package dev.shoebox.text;

import java.nio.file.Path;
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

    /** The path with the home folder as {@code ~}. */
    public static String path(Path path) {
        Path whole = path.toAbsolutePath().normalize();
        Path home = Path.of(System.getProperty("user.home", "/")).toAbsolutePath();
        if (home.getNameCount() == 0 || !whole.startsWith(home)) {
            return whole.toString();
        }
        return whole.equals(home)
                ? "~"
                : Path.of("~").resolve(home.relativize(whole)).toString();
    }

    /** The words of an enum's constant as JSON spells them: {@code read-error}. */
    public static String hyphenated(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
