package dev.shoebox.coverage.icloud;

/**
 * An item that iCloud did not take.
 *
 * @param name its path on the phone; where the library does not name it, what iCloud calls it
 * @param reason in iCloud's own words, which may be empty
 */
public record RejectedItem(String name, String reason) {}
