package dev.shoebox.web.index;

/** Where the original is, as far as the phone tells. The page relies on the order. */
public enum Place {
    ONLY_HERE,
    WAITING,
    PART_MISSING,
    UNKNOWN,
    ONLY_IN_ICLOUD,
    BOTH,
    /** In the backup, and not on the phone on view. */
    ONLY_IN_BACKUP;

    private static final int MASK = 7;

    /** Returns its number in the index, in the bits below {@link Flag}. */
    @SuppressWarnings("EnumOrdinal") // the page knows these numbers by the order
    public int bits() {
        return ordinal();
    }

    @SuppressWarnings("EnumOrdinal") // as above
    static Place of(int flags) {
        return values()[flags & MASK];
    }
}
