package dev.shoebox.phonefiles;

import java.util.Locale;
import java.util.Map;

/**
 * What files of the media folder are called by their owner, where the phone says so: its own names for them are four letters or a
 * number.
 *
 * @param places folders and a name, without its extension, by path
 */
record Titles(Map<String, String> places) {
    static final Titles NONE = new Titles(Map.of());

    /** Where a file belongs among those of its group. */
    String place(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (FileGroup.isInEpub(path)) {
            return ofBookInParts(path);
        }
        String title = places.get(path);
        return title == null ? name : title + extension(name);
    }

    /** A book may be a folder: it keeps its parts as they are. */
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
