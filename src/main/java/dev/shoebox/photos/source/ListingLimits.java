package dev.shoebox.photos.source;

import java.util.ArrayList;
import java.util.List;

/**
 * How much a listing may come to hold, whatever a phone, a folder or an archive claims to contain.
 *
 * @param entries files and folders
 * @param nameCharacters of all their paths together
 * @param depth how many folders may lie around a file
 * @param refusals how many of what was refused are named one by one
 */
public record ListingLimits(int entries, long nameCharacters, int depth, int refusals) {
    /** What a listed file takes in memory until its run ends, with a path of usual length; docs/benchmarks/load.md measures it. */
    private static final int BYTES_PER_ENTRY = 600;

    /** For as much as fits into the memory that Java was given. */
    public static final ListingLimits STANDARD = within(Runtime.getRuntime().maxMemory());

    public ListingLimits(int entries, long nameCharacters, int depth) {
        this(entries, nameCharacters, depth, 20_000);
    }

    /** @param memory in bytes, all that the process may use */
    static ListingLimits within(long memory) {
        long share = memory / 4 * 3;
        return new ListingLimits(
                (int) Math.min(2_000_000, Math.max(10_000, share / BYTES_PER_ENTRY)), Math.max(1 << 20, share / 4), 64);
    }

    public ListingLimits withRefusals(int named) {
        return new ListingLimits(entries, nameCharacters, depth, named);
    }

    /** Begins to count for one listing. */
    public Count count() {
        return new Count(this);
    }

    /** What one listing has come to hold. */
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

        /** Whether there is room for this entry too; what was admitted counts. */
        public boolean admits(String path) {
            isOver = isOver || entries >= limits.entries || characters + path.length() > limits.nameCharacters;
            if (isOver) {
                return false;
            }
            entries++;
            characters += path.length();
            return true;
        }

        /** Whether an entry was turned away: then all that follow are. */
        public boolean isOver() {
            return isOver;
        }

        /** Notes what will be missing. */
        public void refuse(Unreadable what) {
            if (refused.size() < limits.refusals) {
                refused.add(what);
            } else {
                unnamed++;
            }
        }

        /**
         * All that was refused: by name, and the rest as a number.
         *
         * @param where what was listed, as it is to be called
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

        /** What to say, once, when an entry is turned away. */
        public String complaint() {
            return "more than " + limits.entries + " entries, or names too long to keep in memory";
        }
    }
}
