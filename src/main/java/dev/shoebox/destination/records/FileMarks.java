package dev.shoebox.destination.records;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.records.database.Database;
import dev.shoebox.photos.fingerprint.Fingerprint;
import dev.shoebox.photos.format.Plausibility;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.SourceId;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The catalogue's facts about the bytes of files: capture times, verifications, content checks. */
public final class FileMarks {
    private final Database database;

    /** Its lock protects the database. */
    private final Catalogue catalogue;

    private final SourceKeys sources;

    FileMarks(Database database, Catalogue catalogue, SourceKeys sources) {
        this.database = database;
        this.catalogue = catalogue;
        this.sources = sources;
    }

    /** Returns the known capture times, by path. */
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

    /** Returns the paths of files that were found intact since they were stored. */
    public Set<String> verified() throws DestinationException {
        synchronized (catalogue) {
            return new HashSet<>(database.query(Rows.VERIFIED, row -> row.getString(2)));
        }
    }

    /** Returns when each file was last found intact since it was stored, by path. */
    public Map<String, Instant> verifiedAt() throws DestinationException {
        synchronized (catalogue) {
            Map<String, Instant> times = new HashMap<>();
            database.query(Rows.VERIFIED, row -> Map.entry(row.getString(2), Instant.parse(row.getString(1))))
                    .forEach(each -> times.put(each.getKey(), each.getValue()));
            return times;
        }
    }

    /** Returns the paths of files that were wrong at the last check and were not repaired since. */
    public Set<String> damaged() throws DestinationException {
        synchronized (catalogue) {
            return new HashSet<>(database.query(Rows.DAMAGED, row -> row.getString(2)));
        }
    }

    /** Returns the implausible files, by path. */
    public Map<String, Plausibility> implausible() throws DestinationException {
        synchronized (catalogue) {
            Map<String, Plausibility> implausible = new HashMap<>();
            database.query(Rows.IMPLAUSIBLE, row -> Map.entry(row.getString(1), Plausibility.valueOf(row.getString(2))))
                    .forEach(each -> implausible.put(each.getKey(), each.getValue()));
            return implausible;
        }
    }

    /**
     * Returns the next unchecked files, in the order in which they were stored.
     *
     * @param after the {@link Kept#id} of the last one; 0 at the start
     */
    public List<Kept> unassessed(long after, int limit) throws DestinationException {
        synchronized (catalogue) {
            return database.query(Rows.UNASSESSED, Rows::kept, after, limit);
        }
    }

    /** Returns the oldest last proof of any file: when it was stored or last found intact. */
    public Optional<Instant> leastRecentProof() throws DestinationException {
        synchronized (catalogue) {
            return database.first(Rows.LEAST_PROVEN, row -> row.getString(1))
                    .filter(time -> !time.isEmpty())
                    .map(Instant::parse);
        }
    }

    /**
     * Returns the paths of files that have the bytes of the phone, as a second read or its hash confirmed, but not those
     * that its library imported.
     */
    public Set<String> perhapsDamaged() throws DestinationException {
        synchronized (catalogue) {
            return new HashSet<>(
                    database.query("SELECT path FROM files WHERE proof = 'PERHAPS_DAMAGED'", row -> row.getString(1)));
        }
    }

    /** A file of a source, and the fingerprint of its copy. */
    public record Fingerprinted(StoredFile stored, Fingerprint fingerprint) {}

    /**
     * Returns the next files of a source whose copies have a fingerprint, ordered by key.
     *
     * @param after the last file of the previous page; one with an empty path for the first
     */
    public List<Fingerprinted> fingerprinted(SourceId source, MediaFile after, int limit) throws DestinationException {
        synchronized (catalogue) {
            Optional<Long> id = sources.find(source);
            return id.isEmpty()
                    ? List.of()
                    : database.query(Rows.FINGERPRINTED, FileMarks::fingerprinted, Rows.key(id.get(), after, limit));
        }
    }

    /** Returns the files that a source had at a path, if their copies have a fingerprint. */
    public List<Fingerprinted> fingerprinted(SourceId source, String path) throws DestinationException {
        synchronized (catalogue) {
            Optional<Long> id = sources.find(source);
            return id.isEmpty()
                    ? List.of()
                    : database.query(Rows.FINGERPRINTED_AT, FileMarks::fingerprinted, id.get(), path);
        }
    }

    private static Fingerprinted fingerprinted(ResultSet row) throws SQLException {
        return new Fingerprinted(Rows.stored(row), new Fingerprint(row.getString(11)));
    }

    /** Returns the files without a known fingerprint, by path. */
    public Set<String> withoutFingerprint() throws DestinationException {
        synchronized (catalogue) {
            return new HashSet<>(
                    database.query("SELECT path FROM files WHERE fingerprint IS NULL", row -> row.getString(1)));
        }
    }
}
