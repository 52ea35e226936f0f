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

    static final int MASK = 7;
}
