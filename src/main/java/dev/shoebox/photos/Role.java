package dev.shoebox.photos;

/**
 * The role of a file in its asset. Named after Apple's {@code PHAssetResourceType}; {@link #OTHER} is a file of unknown
 * kind among the photos, which is backed up anyway.
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
    /** The edited still. */
    FULL_SIZE_PHOTO,
    /** The edited video. */
    FULL_SIZE_VIDEO,
    /** The edited moving half of a Live Photo. */
    FULL_SIZE_PAIRED_VIDEO,
    /** The description of an edit by Photos or another app (AAE, Adjustments.plist). */
    ADJUSTMENT_DATA,
    /** A picture that an edit starts from instead of the original. */
    ADJUSTMENT_BASE_PHOTO,
    /** A reduced rendition of an original that is not on the source. Never a substitute for it in a backup. */
    PREVIEW,
    OTHER,
    /** A file that is neither a photo nor part of one: a document of an app, a book, a song. */
    FILE;

    /** Returns whether this is the shot itself, not derived from it. */
    public boolean isOriginal() {
        return switch (this) {
            case PHOTO, VIDEO, PAIRED_VIDEO, ALTERNATE_PHOTO, OTHER, FILE -> true;
            default -> false;
        };
    }
}
