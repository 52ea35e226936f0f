package dev.shoebox.web.index;

/** Where the original is, as far as the phone tells; the order is that of the numbers in the index, which the page knows. */
public enum Place {
    ONLY_HERE,
    WAITING,
    PART_MISSING,
    UNKNOWN,
    ONLY_IN_ICLOUD,
    BOTH,
    /** In the backup, and not on the phone that is looked at. */
    ONLY_IN_BACKUP;

    private static final int MASK = 7;

    /** Its number in the index, below {@link Flag}. */
    @SuppressWarnings("EnumOrdinal") // the page knows these numbers by the order
    public int bits() {
        return ordinal();
    }

    @SuppressWarnings("EnumOrdinal") // as above
    static Place of(int flags) {
        return values()[flags & MASK];
    }
}
