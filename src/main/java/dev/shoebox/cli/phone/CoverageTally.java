package dev.shoebox.cli.phone;

import dev.shoebox.coverage.AssetCoverage;

import java.time.LocalDateTime;
import java.util.Optional;

/** The totals of the photos of one class. */
final class CoverageTally {
    private long assets;
    private long bytes;
    private long backedUp;
    private long verified;
    private long forgotten;
    private LocalDateTime oldest; // or null
    private LocalDateTime newest; // or null

    void add(AssetCoverage covered) {
        assets++;
        bytes += covered.bytes();
    }

    /** Adds the date of a photo, if it is known. */
    void addDate(LocalDateTime taken) {
        oldest = oldest == null || taken.isBefore(oldest) ? taken : oldest;
        newest = newest == null || taken.isAfter(newest) ? taken : newest;
    }

    void addBackedUp() {
        backedUp++;
    }

    void addVerified() {
        verified++;
    }

    void addForgotten() {
        forgotten++;
    }

    long assets() {
        return assets;
    }

    long bytes() {
        return bytes;
    }

    /** Returns how many of them are in the given backup; 0 if none was given. */
    long backedUp() {
        return backedUp;
    }

    /** Returns how many of them were verified in the backup since they were copied. */
    long verified() {
        return verified;
    }

    /** Returns how many of them the user deleted from the backup and forgot. */
    long forgotten() {
        return forgotten;
    }

    Optional<LocalDateTime> newest() {
        return Optional.ofNullable(newest);
    }

    Optional<LocalDateTime> oldest() {
        return Optional.ofNullable(oldest);
    }
}
