package dev.shoebox.backup.event;

/** How a run uses the fingerprints that a source's library claims for its files. */
public enum FingerprintUse {
    /** Compares them, and does not read files that the backup has by fingerprint. */
    AUTO,
    /** Compares them, and still reads everything, including files known only by fingerprint. */
    CHECK,
    /** Uses and computes none; files known by fingerprint stay known. */
    OFF
}
