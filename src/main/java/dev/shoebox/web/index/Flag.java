package dev.shoebox.web.index;

/** A property of a photo, as a bit of the index. The page relies on the order. */
public enum Flag {
    BACKED_UP,
    VERIFIED,
    DAMAGED,
    VIDEO,
    LIVE,
    SCREENSHOT,
    SCREEN_RECORDING,
    BURST,
    RAW,
    EDITED,
    FAVOURITE,
    HIDDEN,
    /** In Recently Deleted. */
    TRASHED,
    /** Its original can be read from the source now. */
    HERE,
    /** A run failed to back it up. */
    FAILED,
    /** Backed up as the phone has it, but not a whole photo or film. */
    BROKEN;

    private static final int PLACE_BITS = 3;

    /** Returns the bit of this property. */
    @SuppressWarnings("EnumOrdinal") // the page knows these numbers by the order
    public int bit() {
        return 1 << (PLACE_BITS + ordinal());
    }
}
