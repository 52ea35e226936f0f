package dev.shoebox.photos;

import java.util.Locale;
import java.util.Map;

/** What a file is by the extension of its name. */
enum FileKind {
    STILL,
    RAW,
    VIDEO,
    /** What an edit wrote down beside the photo. */
    ADJUSTMENT,
    OTHER;

    private static final Map<String, FileKind> BY_EXTENSION = Map.ofEntries(
            Map.entry("heic", STILL),
            Map.entry("heif", STILL),
            Map.entry("hif", STILL),
            Map.entry("jpg", STILL),
            Map.entry("jpeg", STILL),
            Map.entry("png", STILL),
            Map.entry("gif", STILL),
            Map.entry("webp", STILL),
            Map.entry("avif", STILL),
            Map.entry("jxl", STILL),
            Map.entry("tif", STILL),
            Map.entry("tiff", STILL),
            Map.entry("bmp", STILL),
            Map.entry("dng", RAW),
            Map.entry("cr2", RAW),
            Map.entry("cr3", RAW),
            Map.entry("nef", RAW),
            Map.entry("nrw", RAW),
            Map.entry("arw", RAW),
            Map.entry("raf", RAW),
            Map.entry("orf", RAW),
            Map.entry("rw2", RAW),
            Map.entry("pef", RAW),
            Map.entry("srw", RAW),
            Map.entry("mov", VIDEO),
            Map.entry("mp4", VIDEO),
            Map.entry("m4v", VIDEO),
            Map.entry("3gp", VIDEO),
            Map.entry("3g2", VIDEO),
            Map.entry("avi", VIDEO),
            Map.entry("mts", VIDEO),
            Map.entry("m2ts", VIDEO),
            Map.entry("mpg", VIDEO),
            Map.entry("mpeg", VIDEO),
            Map.entry("mkv", VIDEO),
            Map.entry("webm", VIDEO),
            Map.entry("mp", VIDEO),
            Map.entry("mv", VIDEO),
            Map.entry("aae", ADJUSTMENT));

    static FileKind of(String name) {
        return ofExtension(extension(name));
    }

    /** @param extension in lower case */
    static FileKind ofExtension(String extension) {
        // A motion photo's second film is PXL_1.MP~2.
        int tilde = extension.startsWith("m") ? extension.indexOf('~') : -1;
        return BY_EXTENSION.getOrDefault(tilde < 0 ? extension : extension.substring(0, tilde), OTHER);
    }

    /** In lower case, without the dot; empty where there is none. */
    static String extension(String name) {
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    /** The name without its extension. */
    static String base(String name) {
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? name : name.substring(0, dot);
    }
}
