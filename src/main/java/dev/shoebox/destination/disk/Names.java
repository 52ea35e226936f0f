package dev.shoebox.destination.disk;

import dev.shoebox.photos.Role;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns arbitrary names into names that every common file system accepts.
 *
 * <p>The result is the same for all disks, so that a drive can move between systems. Two files may get the same safe
 * name: {@code PathAllocator} then distinguishes them by content, so that none is lost.
 */
public final class Names {
    /** The maximum length of a stem, in UTF-8 bytes: with its longest ending, a name has at most 200. */
    public static final int STEM_BYTES = 160;

    /** The maximum length of a path below the root, in characters: Windows can open it under most roots. */
    public static final int PATH_CHARACTERS = 240;

    /** The space that a stem leaves for {@code _adjustments-3fa9c1d2} and an extension. */
    static final int ENDING = 38;

    private static final int EXTENSION_BYTES = 16;

    private static final Pattern WHOLE_NAME = Pattern.compile(".+(\\.[A-Za-z0-9]{2,4})\\.[^.]+");

    /**
     * Extensions of files that programs write beside a photo under its name; other files of an edit are named by their
     * role.
     */
    private static final Set<String> SIDECARS = Set.of(
            ".aae", ".xmp", ".pp3", ".dop", ".vrd", ".dr4", ".on1", ".cos", ".nksc", ".nksx", ".arp", ".rws", ".mie");

    private static final Pattern UNDECODABLE = Pattern.compile("\\\\x[0-9A-Fa-f]{2}");
    private static final Pattern RESERVED =
            Pattern.compile("(CON|PRN|AUX|NUL|CONIN\\$|CONOUT\\$|(COM|LPT)[0-9\u00b9\u00b2\u00b3]) *(\\..*)?");
    private static final String ILLEGAL = "\"*/:<>?\\|";
    private static final Set<Integer> UNSEEN = Set.of(
            0x2028, 0x2029, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069, 0xFEFF, 0xFFFE,
            0xFFFF);

    private Names() {}

    /** Returns a safe component: never empty, hidden, reserved or special, and at most {@code bytes} long in UTF-8. */
    public static String safe(String text, int bytes) {
        String decoded = UNDECODABLE.matcher(text).replaceAll("_");
        var name = new StringBuilder();
        Normalizer.normalize(decoded, Normalizer.Form.NFC)
                .codePoints()
                .forEach(character -> name.appendCodePoint(isSafe(character) ? character : '_'));
        String cut = cut(name.toString(), bytes);
        int end = cut.length();
        while (end > 0 && (cut.charAt(end - 1) == '.' || cut.charAt(end - 1) == ' ')) {
            end--;
        }
        // Character by character, so that "a." and "a.." stay different.
        String closed = cut.substring(0, end) + "_".repeat(cut.length() - end);
        String open = closed.startsWith(".") ? "_" + closed.substring(1) : closed;
        if (open.isEmpty()) {
            return "_";
        }
        if (RESERVED.matcher(open.toUpperCase(Locale.ROOT)).matches()) {
            int dot = open.indexOf('.');
            return dot < 0 ? open + "_" : open.substring(0, dot) + "_" + open.substring(dot);
        }
        return open;
    }

    private static boolean isSafe(int character) {
        return !Character.isISOControl(character)
                && ILLEGAL.indexOf(character) < 0
                && !UNSEEN.contains(character)
                && Character.getType(character) != Character.SURROGATE;
    }

    /** Returns the longest beginning of a text that fits, cut between characters. */
    public static String cut(String text, int bytes) {
        if (text.getBytes(StandardCharsets.UTF_8).length <= bytes) {
            return text;
        }
        int used = 0;
        int end = 0;
        while (end < text.length()) {
            int character = text.codePointAt(end);
            int size = Character.toString(character).getBytes(StandardCharsets.UTF_8).length;
            if (used + size > bytes) {
                break;
            }
            used += size;
            end += Character.charCount(character);
        }
        return text.substring(0, end);
    }

    /** Returns a key that is equal for two paths if any disk could treat them as the same. */
    public static String fold(String path) {
        String upper = Normalizer.normalize(path, Normalizer.Form.NFC).toUpperCase(Locale.ROOT);
        return Normalizer.normalize(upper, Normalizer.Form.NFC);
    }

    /**
     * Returns the stem of an asset: folder, base name and, after a dash, the digits that distinguish it from another of
     * that name.
     *
     * @param folder safe, empty for the root
     * @param distinction hexadecimal digits, or empty
     */
    public static String stem(String folder, String base, String distinction) {
        String ending = distinction.isEmpty() ? "" : "-" + distinction;
        int room = PATH_CHARACTERS - folder.length() - 1 - ENDING - ending.length();
        String safe = safe(base, STEM_BYTES - ending.length());
        String fitting = safe;
        if (safe.length() > room) {
            boolean splits = Character.isHighSurrogate(safe.charAt(room - 1));
            fitting = safe(safe.substring(0, splits ? room - 1 : room), STEM_BYTES);
        }
        return (folder.isEmpty() ? "" : folder + "/") + fitting + ending;
    }

    /**
     * Returns the path of one file of an asset: {@code IMG_0001.HEIC}, {@code IMG_0001_edited.HEIC},
     * {@code IMG_0001_adjustments.plist}, {@code IMG_0001_base.JPG}.
     *
     * @param name the file's name on its source, whose extension is kept
     * @param distinction hexadecimal digits that distinguish it from another such file of the asset, or empty
     */
    public static String part(String stem, Role role, String name, String distinction) {
        int dot = name.lastIndexOf('.');
        String last = dot <= 0 || dot == name.length() - 1 ? "" : "." + safe(name.substring(dot + 1), EXTENSION_BYTES);
        if (role == Role.FILE) {
            return stem + (distinction.isEmpty() ? "" : "-" + distinction) + extension(name);
        }
        // A companion may be named after the full name of its photo, and then keeps that: IMG_0001.JPG.xmp.
        Matcher whole = WHOLE_NAME.matcher(name);
        boolean goesAlong = role == Role.OTHER || role == Role.ADJUSTMENT_DATA;
        String extension = goesAlong && whole.matches() ? whole.group(1) + last : last;
        String ending =
                switch (role) {
                    case PHOTO, VIDEO, PAIRED_VIDEO, ALTERNATE_PHOTO, PREVIEW, OTHER, FILE -> "";
                    case FULL_SIZE_PHOTO, FULL_SIZE_VIDEO, FULL_SIZE_PAIRED_VIDEO -> "_edited";
                    case ADJUSTMENT_DATA -> SIDECARS.contains(last.toLowerCase(Locale.ROOT)) ? "" : "_adjustments";
                    case ADJUSTMENT_BASE_PHOTO -> "_base";
                };
        return stem + ending + (distinction.isEmpty() ? "" : "-" + distinction) + extension;
    }

    /** Returns the extension with its dot if it can stay as it is; else empty, and it belongs to the name. */
    public static String extension(String name) {
        int dot = name.lastIndexOf('.');
        String extension = dot <= 0 ? "" : name.substring(dot + 1);
        return extension.isEmpty() || !safe(extension, EXTENSION_BYTES).equals(extension) ? "" : "." + extension;
    }

    /** Returns everything before the last {@code /}; empty for a path in the root. */
    public static String folder(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    public static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Returns a path without its extension: the presumed stem of a file that only the manifest lists. */
    public static String withoutExtension(String path) {
        int dot = path.lastIndexOf('.');
        return dot > path.lastIndexOf('/') + 1 ? path.substring(0, dot) : path;
    }
}
