package dev.shoebox.coverage;

/** Where an asset is, as far as the phone can tell. Every asset has exactly one class; the most urgent comes first. */
public enum CoverageClass {
    /** On this phone, without evidence that iCloud has it or is about to get it. */
    ONLY_ON_PHONE,
    /** On this phone and being uploaded to iCloud. */
    WAITING_FOR_ICLOUD,
    /**
     * On the phone and in iCloud, but one of its originals is not on the phone: the film of a Live Photo, or the RAW
     * half.
     */
    PART_MISSING,
    /** Not enough evidence. */
    UNKNOWN,
    /** A placeholder: the original is only in iCloud. */
    ONLY_IN_ICLOUD,
    IN_ICLOUD_AND_ON_PHONE
}
