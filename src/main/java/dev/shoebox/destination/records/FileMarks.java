package dev.shoebox.destination.records;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.photos.format.Plausibility;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the catalogue knows of the bytes of files: when they were taken, whether they were found well, what they look like. */
public final class FileMarks {
    private final Database database;

    /** Its lock is that of the database. */
    private final Catalogue catalogue;

    FileMarks(Database database, Catalogue catalogue) {
        this.database = database;
        this.catalogue = catalogue;
    }

    /** When photos were taken, by path, of those of which that is known. */
    public Map<String, LocalDateTime> captureTimes() throws DestinationException {
        synchronized (catalogue) {
            Map<String, LocalDateTime> times = new HashMap<>();
            database.query(
                            "SELECT path, captured_local FROM files WHERE captured_local IS NOT NULL",
                            row -> Map.entry(row.getString(1), LocalDateTime.parse(row.getString(2))))
                    .forEach(each -> times.put(each.getKey(), each.getValue()));
            return times;
        }
    }

    /** Where the files are that were found well since they were stored. */
    public Set<String> verified() throws DestinationException {
        synchronized (catalogue) {
            return new HashSet<>(database.query(Rows.VERIFIED, row -> row.getString(2)));
        }
    }

    /** When each file was last found well since it was stored, by path. */
    public Map<String, Instant> verifiedAt() throws DestinationException {
        synchronized (catalogue) {
            Map<String, Instant> times = new HashMap<>();
            database.query(Rows.VERIFIED, row -> Map.entry(row.getString(2), Instant.parse(row.getString(1))))
                    .forEach(each -> times.put(each.getKey(), each.getValue()));
            return times;
        }
    }

    /** Where the files are that were not as they were stored when they were last looked at, and were not mended since. */
    public Set<String> damaged() throws DestinationException {
        synchronized (catalogue) {
            return new HashSet<>(database.query(Rows.DAMAGED, row -> row.getString(2)));
        }
    }

    /** What is known to be implausible, by path. */
    public Map<String, Plausibility> implausible() throws DestinationException {
        synchronized (catalogue) {
            Map<String, Plausibility> implausible = new HashMap<>();
            database.query(Rows.IMPLAUSIBLE, row -> Map.entry(row.getString(1), Plausibility.valueOf(row.getString(2))))
                    .forEach(each -> implausible.put(each.getKey(), each.getValue()));
            return implausible;
        }
    }

    /**
     * The next files at whose bytes nobody looked, in the order in which they were stored.
     *
     * @param after the {@link Kept#id} of the last; 0 to begin
     */
    public List<Kept> unassessed(long after, int limit) throws DestinationException {
        synchronized (catalogue) {
            return database.query(Rows.UNASSESSED, Rows::kept, after, limit);
        }
    }

    /** When the file that was not proven for the longest time was: when it was stored or last found well. */
    public Optional<Instant> leastRecentProof() throws DestinationException {
        synchronized (catalogue) {
            return database.first(
                            "SELECT ifnull(min(" + Rows.PROVEN + "), '') FROM files WHERE damaged_at IS NULL",
                            row -> row.getString(1))
                    .filter(time -> !time.isEmpty())
                    .map(Instant::parse);
        }
    }

    /** Where the files are that two readings of a phone gave alike, and otherwise than its library took them in. */
    public Set<String> perhapsDamaged() throws DestinationException {
        synchronized (catalogue) {
            return new HashSet<>(
                    database.query("SELECT path FROM files WHERE proof = 'PERHAPS_DAMAGED'", row -> row.getString(1)));
        }
    }

    /** The files of which no fingerprint is known, by path. */
    public Set<String> withoutFingerprint() throws DestinationException {
        synchronized (catalogue) {
            return new HashSet<>(
                    database.query("SELECT path FROM files WHERE fingerprint IS NULL", row -> row.getString(1)));
        }
    }
}
