package dev.shoebox.photos;

/**
 * What a file is to its asset. Named after Apple's {@code PHAssetResourceType}; {@link #OTHER} is a file of a kind we
 * do not know that lies among the photos and is kept all the same.
 */
public enum Role {
    /** The still original. */
    PHOTO,
    /** The original of a video. */
    VIDEO,
    /** The moving half of a Live Photo. */
    PAIRED_VIDEO,
    /** The RAW half of a RAW + JPEG pair. */
    ALTERNATE_PHOTO,
    /** The still as edited. */
    FULL_SIZE_PHOTO,
    /** The video as edited. */
    FULL_SIZE_VIDEO,
    /** The moving half of a Live Photo as edited. */
    FULL_SIZE_PAIRED_VIDEO,
    /** What was edited, as Photos or another app wrote it down (AAE, Adjustments.plist). */
    ADJUSTMENT_DATA,
    /** A picture that an edit starts from instead of the original. */
    ADJUSTMENT_BASE_PHOTO,
    /** A reduced rendition of an original that is not on the source. Never a stand-in for it in a backup. */
    PREVIEW,
    OTHER,
    /** A file that is no photo and goes with none: a document of an app, a book, a song. */
    FILE;

    /** Whether this is the shot as it was taken, not something made from it. */
    public boolean isOriginal() {
        return switch (this) {
            case PHOTO, VIDEO, PAIRED_VIDEO, ALTERNATE_PHOTO, OTHER, FILE -> true;
            default -> false;
        };
    }
}
