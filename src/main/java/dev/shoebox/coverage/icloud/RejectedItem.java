package dev.shoebox.coverage.icloud;

/**
 * An item that iCloud rejected.
 *
 * @param name its path on the phone, or its name in iCloud if the library does not know it
 * @param reason the reason in iCloud's own words; may be empty
 */
public record RejectedItem(String name, String reason) {}
