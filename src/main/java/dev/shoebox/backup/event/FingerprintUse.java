package dev.shoebox.backup.event;

/** What a run does with the fingerprints that a source's library claims of its files. */
public enum FingerprintUse {
    /** Compares them, and does not read what is here already by them. */
    AUTO,
    /** Compares them, and reads everything all the same, also what was known by them before. */
    CHECK,
    /** Looks at none and computes none; what is known by them stays known. */
    OFF
}
