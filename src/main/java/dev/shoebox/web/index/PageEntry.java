package dev.shoebox.web.index;

import java.util.List;

/**
 * One photo or video as the page shows it.
 *
 * @param id stays the same for the lifetime of the server; 0 to 999,999,999
 * @param minutes local time at the place of capture, in minutes since 1970-01-01T00:00; {@link #UNDATED} if unknown
 * @param flags a {@link Place}, 0 to 6, in the lowest three bits, and the bits of {@link Flag}
 * @param bytes the size of all its files
 * @param words the text that a search matches besides the date: names, title, caption and keywords
 * @param albums the names of its albums, with those of their folders
 */
public record PageEntry(int id, String name, int minutes, int flags, long bytes, String words, List<String> albums) {
    /** Less than every real date. */
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
