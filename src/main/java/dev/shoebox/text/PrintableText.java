package dev.shoebox.text;

import java.nio.file.Path;
import java.util.Locale;

/** Makes untrusted text, such as names from a phone, safe to print. */
public final class PrintableText {
    private PrintableText() {}

    /**
     * Escapes everything that could move the cursor, change colours, or reverse the reading direction as {@code
     * \}{@code u....}.
     */
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

    /** Zero-width joiners connect emoji and letters of some scripts, and are harmless. */
    private static boolean isJoiner(int point) {
        return point == 0x200C || point == 0x200D;
    }

    /** Returns the path with the home folder as {@code ~}, except on Windows, where few programs know that sign. */
    public static String path(Path path) {
        Path whole = path.toAbsolutePath().normalize();
        if (whole.getFileSystem().getSeparator().equals("\\")) {
            return whole.toString();
        }
        Path home = Path.of(System.getProperty("user.home", "/")).toAbsolutePath();
        if (home.getNameCount() == 0 || !whole.startsWith(home)) {
            return whole.toString();
        }
        return whole.equals(home)
                ? "~"
                : Path.of("~").resolve(home.relativize(whole)).toString();
    }

    /** Returns the name of an enum constant as JSON spells it: {@code read-error}. */
    public static String hyphenated(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
