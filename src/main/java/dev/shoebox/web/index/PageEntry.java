package dev.shoebox.web.index;

import java.util.List;

/**
 * One photo or video as the page shows it.
 *
 * @param id stays the same as long as the server lives, 0 to 999,999,999
 * @param minutes of the clock on the wall where it was taken, since 1970-01-01T00:00; {@link #UNDATED} where nobody knows
 * @param flags a place, 0 to 6, in the lowest three bits, and the bits of {@link Flag}
 * @param bytes of all its files
 * @param words what a search looks through beside the date: its names, title, caption and keywords
 * @param albums their names, with those of their folders
 */
public record PageEntry(int id, String name, int minutes, int flags, long bytes, String words, List<String> albums) {
    /** Below every real date. */
    public static final int UNDATED = Integer.MIN_VALUE;

    public PageEntry {
        albums = List.copyOf(albums);
    }

    boolean is(Flag flag) {
        return (flags & flag.bit()) != 0;
    }

    Place place() {
        return Place.of(flags);
    }
}
