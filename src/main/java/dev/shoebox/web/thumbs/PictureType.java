package dev.shoebox.web.thumbs;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The pictures that a browser can show, by the first bytes of a file. The name alone is no reason to send a file as a
 * picture.
 */
public enum PictureType {
    JPEG("image/jpeg"),
    PNG("image/png"),
    GIF("image/gif"),
    WEBP("image/webp"),
    BMP("image/bmp");

    /** The number of bytes that identify a type. */
    public static final int HEAD = 16;

    private static final Set<String> SHOWN = Set.of("jpg", "jpeg", "jpe", "jfif", "png", "gif", "webp", "bmp");
    private static final Set<String> HEIF = Set.of("heic", "heif", "hif");
    private static final Set<String> WITH_PREVIEW = Set.of("jpg", "jpeg", "jpe", "jfif", "png", "gif", "webp");

    private final String type;

    PictureType(String type) {
        this.type = type;
    }

    /** Returns the value for {@code Content-Type}. */
    public String type() {
        return type;
    }

    /** Returns the type; empty if not every browser can show it. */
    public static Optional<PictureType> of(byte[] head) {
        String text = new String(head, 0, Math.min(head.length, HEAD), StandardCharsets.ISO_8859_1);
        if (text.startsWith("\u00ff\u00d8\u00ff")) {
            return Optional.of(JPEG);
        } else if (text.startsWith("\u0089PNG\r\n\u001a\n")) {
            return Optional.of(PNG);
        } else if (text.startsWith("GIF8")) {
            return Optional.of(GIF);
        } else if (text.startsWith("RIFF") && text.startsWith("WEBP", 8)) {
            return Optional.of(WEBP);
        } else if (text.startsWith("BM")) {
            return Optional.of(BMP);
        }
        return Optional.empty();
    }

    /** Returns whether a file with this name may be one of these. */
    public static boolean isShown(String name) {
        return SHOWN.contains(extension(name));
    }

    /** Returns whether a file with this name may be a HEIF, which few browsers show. */
    public static boolean isHeif(String name) {
        return HEIF.contains(extension(name));
    }

    public static boolean mayHavePreview(String name) {
        return WITH_PREVIEW.contains(extension(name));
    }

    private static String extension(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
