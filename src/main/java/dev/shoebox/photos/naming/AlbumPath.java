package dev.shoebox.photos.naming;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/**
 * The title of an album with those of its folders. A title is free text and may contain a slash, so a path is a list
 * and is joined only for display.
 *
 * @param titles the titles of the folders, the outermost first, and that of the album
 */
public record AlbumPath(List<String> titles) implements Comparable<AlbumPath> {
    private static final Comparator<List<String>> ORDER = (one, other) -> {
        for (int at = 0; at < Math.min(one.size(), other.size()); at++) {
            int order = one.get(at).compareTo(other.get(at));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(one.size(), other.size());
    };

    public AlbumPath {
        titles = List.copyOf(titles);
        if (titles.isEmpty()) {
            throw new IllegalArgumentException("untitled album");
        }
    }

    public static AlbumPath of(String... titles) {
        return new AlbumPath(List.of(titles));
    }

    /** Returns the title of the album without its folders. */
    public String title() {
        return titles.get(titles.size() - 1);
    }

    /** Returns the path for display: {@code Travel/Oslo}. Two paths may look the same. */
    public String shown() {
        return String.join("/", titles);
    }

    /** Returns whether the album, or a folder around it, has that name, optionally preceded by folders. */
    public boolean isNamed(String name) {
        String wanted = fold(name);
        List<String> folded = new ArrayList<>();
        titles.forEach(title -> folded.add(fold(title)));
        for (int from = 0; from < folded.size(); from++) {
            var joined = new StringJoiner("/");
            for (String title : folded.subList(from, folded.size())) {
                if (joined.add(title).toString().equals(wanted)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String fold(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC).strip().toLowerCase(Locale.ROOT);
    }

    @Override
    public int compareTo(AlbumPath other) {
        return ORDER.compare(titles, other.titles);
    }
}
