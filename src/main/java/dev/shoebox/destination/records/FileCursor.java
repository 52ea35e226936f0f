package dev.shoebox.destination.records;

import dev.shoebox.destination.disk.DestinationException;

import java.util.List;

/**
 * Iterates over the files of the catalogue in pages, so that it holds neither much memory nor a lock on the catalogue.
 * Files that are added meanwhile come last.
 */
public final class FileCursor {
    private static final int PAGE = 1000;

    private final Pages pages;
    private List<Kept> page = List.of();
    private int at = -1;
    private long last;

    /** Reads the files that follow the one with an id, or the first ones after 0. */
    interface Pages {
        List<Kept> after(long id, int limit) throws DestinationException;
    }

    FileCursor(Pages pages) {
        this.pages = pages;
    }

    /** Moves to the next file; returns false if there is none. Must be called before the first {@link #file}. */
    public boolean next() throws DestinationException {
        if (++at >= page.size()) {
            page = pages.after(last, PAGE);
            at = 0;
        }
        if (page.isEmpty()) {
            return false;
        }
        last = page.get(at).id();
        return true;
    }

    /** Returns the file that {@link #next} moved to. */
    public Kept file() {
        return page.get(at);
    }
}
