package dev.shoebox.phonefiles;

import java.util.Locale;
import java.util.Map;

/**
 * The titles of files in the media folder, if the phone records them. Its own names are four letters or a number.
 *
 * @param places folders and a name without extension, by path
 */
record Titles(Map<String, String> places) {
    static final Titles NONE = new Titles(Map.of());

    /** Returns the path of a file within its group. */
    String place(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (FileGroup.isInEpub(path)) {
            return ofBookInParts(path);
        }
        String title = places.get(path);
        return title == null ? name : title + extension(name);
    }

    /** A book that is a package keeps the names of its parts. */
    private String ofBookInParts(String path) {
        int end = path.toLowerCase(Locale.ROOT).indexOf(".epub/") + ".epub".length();
        String book = path.substring(0, end);
        String name = book.substring(book.lastIndexOf('/') + 1);
        String title = places.get(book);
        return (title == null ? name : title + ".epub") + path.substring(end);
    }

    private static String extension(String name) {
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? "" : name.substring(dot);
    }
}
