package dev.shoebox.web.thumbs;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a browser can show, by the first bytes of a file: a name alone is no reason to send it as a picture. */
public enum PictureType {
    JPEG("image/jpeg"),
    PNG("image/png"),
    GIF("image/gif"),
    WEBP("image/webp"),
    BMP("image/bmp");

    /** So many bytes tell. */
    public static final int HEAD = 16;

    private static final Set<String> SHOWN = Set.of("jpg", "jpeg", "jpe", "jfif", "png", "gif", "webp", "bmp");
    private static final Set<String> HEIF = Set.of("heic", "heif", "hif");
    private static final Set<String> WITH_PREVIEW = Set.of("jpg", "jpeg", "jpe", "jfif", "png", "gif", "webp");

    private final String type;

    PictureType(String type) {
        this.type = type;
    }

    /** As {@code Content-Type} has it. */
    public String type() {
        return type;
    }

    /** Empty where no browser shows it for sure. */
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

    /** Whether a file that is called so may be one of these. */
    public static boolean isShown(String name) {
        return SHOWN.contains(extension(name));
    }

    /** Whether a file that is called so may be one of HEIF, which few browsers show. */
    public static boolean isHeif(String name) {
        return HEIF.contains(extension(name));
    }

    static boolean mayHavePreview(String name) {
        return WITH_PREVIEW.contains(extension(name));
    }

    private static String extension(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
