package dev.shoebox.photos.source;

import java.util.ArrayList;
import java.util.List;

/**
 * The limits of a listing, whatever a phone, a folder or an archive claims to contain.
 *
 * @param entries files and folders
 * @param nameCharacters the total length of all paths
 * @param depth the number of folders around a file
 * @param refusals the number of refused items that are named
 */
public record ListingLimits(int entries, long nameCharacters, int depth, int refusals) {
    /**
     * The memory of a listed file until its run ends, with a path of usual length; docs/benchmarks/load.md measures it.
     */
    private static final int BYTES_PER_ENTRY = 600;

    /** The limits that fit into Java's memory. */
    public static final ListingLimits STANDARD = within(Runtime.getRuntime().maxMemory());

    public ListingLimits(int entries, long nameCharacters, int depth) {
        this(entries, nameCharacters, depth, 20_000);
    }

    /** @param memory the memory of the process, in bytes */
    static ListingLimits within(long memory) {
        long share = memory / 4 * 3;
        return new ListingLimits(
                (int) Math.min(2_000_000, Math.max(10_000, share / BYTES_PER_ENTRY)), Math.max(1 << 20, share / 4), 64);
    }

    /** Starts counting for one listing. */
    public Count count() {
        return new Count(this);
    }

    /** The current size of a listing. */
    public static final class Count {
        private final ListingLimits limits;
        private final List<Unreadable> refused = new ArrayList<>();
        private int unnamed;
        private boolean isOver;
        private int entries;
        private long characters;

        private Count(ListingLimits limits) {
            this.limits = limits;
        }

        /** Returns whether this entry fits, too, and counts it if it does. */
        public boolean admits(String path) {
            isOver = isOver || entries >= limits.entries || characters + path.length() > limits.nameCharacters;
            if (isOver) {
                return false;
            }
            entries++;
            characters += path.length();
            return true;
        }

        /** Returns whether an entry was rejected: then all later ones are. */
        public boolean isOver() {
            return isOver;
        }

        /** Adds an item that will be missing. */
        public void refuse(Unreadable what) {
            if (refused.size() < limits.refusals) {
                refused.add(what);
            } else {
                unnamed++;
            }
        }

        /**
         * Returns all refused items: some by name, the others as a number.
         *
         * @param where the display name of the source
         */
        public List<Unreadable> refused(String where) {
            if (unnamed == 0) {
                return List.copyOf(refused);
            }
            List<Unreadable> all = new ArrayList<>(refused);
            all.add(new Unreadable(
                    where, Unreadable.Reason.REFUSED, unnamed + " more entries of " + where + " were skipped."));
            return all;
        }

        /** Returns the message for the first rejected entry. */
        public String complaint() {
            return "more than " + limits.entries + " entries, or names too long to keep in memory";
        }
    }
}
