package dev.shoebox.coverage;

/** Where an asset is, as far as the phone itself can tell. Every asset is in exactly one of these; the most urgent first. */
public enum CoverageClass {
    /** On this phone, and nothing says that iCloud has it or is about to. */
    ONLY_ON_PHONE,
    /** On this phone, and on its way into iCloud. */
    WAITING_FOR_ICLOUD,
    /** On the phone and in iCloud, but an original file of it is not on the phone: the film of a Live Photo, the RAW half. */
    PART_MISSING,
    /** Nothing tells enough. */
    UNKNOWN,
    /** A placeholder: the original is in iCloud and not on the phone. */
    ONLY_IN_ICLOUD,
    IN_ICLOUD_AND_ON_PHONE
}
