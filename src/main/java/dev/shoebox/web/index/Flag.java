package dev.shoebox.web.index;

/** A fact of a photo, as a bit of the index; the order is known to the page. */
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
    /** A run could not back it up. */
    FAILED,
    /** Backed up as the phone has it, which is no whole photo or film. */
    BROKEN;

    private static final int PLACE_BITS = 3;

    /** This fact alone. */
    @SuppressWarnings("EnumOrdinal") // the page knows these numbers by the order
    public int bit() {
        return 1 << (PLACE_BITS + ordinal());
    }
}
