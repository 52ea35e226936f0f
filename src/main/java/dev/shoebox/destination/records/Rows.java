package dev.shoebox.destination.records;

import dev.shoebox.history.RunRecord;
import dev.shoebox.history.RunResult;
import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.fingerprint.Evidence;
import dev.shoebox.photos.fingerprint.Fingerprint;
import dev.shoebox.photos.fingerprint.Proof;
import dev.shoebox.photos.format.Plausibility;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.SourceId;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The mapping between the catalogue's facts and its tables, described in docs/destination-format.md. */
final class Rows {
    /** Represents an absent time in a column that is part of a key. */
    static final Instant UNKNOWN = Instant.MIN;

    /** A word of {@link Plausibility}, or empty if unchecked. */
    private static final String NOT_PLAUSIBLE = "coalesce(plausibility, '') <> 'PLAUSIBLE'";

    private static final String INDEX_IMPLAUSIBLE =
            "CREATE INDEX files_implausible ON files(plausibility) WHERE " + NOT_PLAUSIBLE;

    /** The condition for a complete run; a first run that found nothing ends with 3, too, and is not complete. */
    static final String COMPLETE = " AND (exit_code = 0 OR (exit_code = 3 AND failed = 0"
            + " AND copied + duplicates + already_backed_up > 0))";

    static final String INDEX_FINGERPRINT =
            "CREATE INDEX files_by_fingerprint ON files(fingerprint) WHERE fingerprint IS NOT NULL";

    /** The resources that were not read. A separate table, so that earlier versions can continue with the catalogue. */
    static final String CLAIMED_TABLE = "CREATE TABLE claimed(source INTEGER NOT NULL REFERENCES sources,"
            + " path TEXT NOT NULL, size INTEGER NOT NULL, modified INTEGER NOT NULL, modified_nanos INTEGER NOT NULL,"
            + " created INTEGER NOT NULL, created_nanos INTEGER NOT NULL,"
            + " PRIMARY KEY(source, path, size, modified, modified_nanos, created, created_nanos)) WITHOUT ROWID";

    /** The migrations from each version to the next, starting at 1. */
    static final List<List<String>> MIGRATIONS = List.of(
            List.of("ALTER TABLE files ADD COLUMN plausibility TEXT", INDEX_IMPLAUSIBLE),
            List.of(
                    "ALTER TABLE files ADD COLUMN fingerprint TEXT",
                    "ALTER TABLE files ADD COLUMN proof TEXT",
                    INDEX_FINGERPRINT,
                    CLAIMED_TABLE),
            ForgottenFiles.TABLES);

    /**
     * The hash of a phone proves what the phone holds, so it does not remove a doubt about that; only the fingerprint
     * of Photos proves what was imported.
     */
    static final String PUT_EVIDENCE = "UPDATE files SET fingerprint = coalesce(fingerprint, ?),"
            + " proof = CASE WHEN files.proof IS NULL OR given.proof = 'FINGERPRINT'"
            + " OR (given.proof = 'PERHAPS_DAMAGED' AND files.proof <> 'FINGERPRINT')"
            + " OR (given.proof = 'PHONE_HASH' AND files.proof <> 'PERHAPS_DAMAGED') THEN given.proof ELSE files.proof END"
            + " FROM (SELECT ? AS proof) AS given WHERE path = ?";

    static final String PUT_CLAIM = "INSERT OR IGNORE INTO claimed VALUES(?, ?, ?, ?, ?, ?, ?)";

    private static final String SAME_KEY = " WHERE source = ? AND path = ? AND size = ? AND modified = ?"
            + " AND modified_nanos = ? AND created = ? AND created_nanos = ?";

    static final String DELETE_CLAIM = "DELETE FROM claimed" + SAME_KEY;

    static final String KNOWS_PATH = "SELECT 1 FROM resources WHERE source = ? AND path = ?"
            + " UNION ALL SELECT 1 FROM claimed WHERE source = ? AND path = ? LIMIT 1";

    static final String FORGET_CLAIMED = "DELETE FROM resources WHERE source = ? AND"
            + " (path, size, modified, modified_nanos, created, created_nanos) IN (SELECT path, size, modified,"
            + " modified_nanos, created, created_nanos FROM claimed WHERE source = ?)";

    static final String CLAIMED =
            "SELECT path, size, modified, modified_nanos, created, created_nanos FROM claimed WHERE source = ?";

    /** As with {@link #DAMAGED}, the index must be named. */
    static final String IMPLAUSIBLE = "SELECT path, plausibility FROM files INDEXED BY files_implausible WHERE "
            + NOT_PLAUSIBLE + " AND plausibility IS NOT NULL";

    static final String UNASSESSED = "SELECT id, path, stem, role, sha256, size FROM files INDEXED BY files_implausible"
            + " WHERE " + NOT_PLAUSIBLE + " AND plausibility IS NULL AND id > ? ORDER BY id LIMIT ?";

    /** Uses the stem, which few files share: thousands may share a content. */
    static final String ALIKE = "SELECT a.id, b.id FROM files a CROSS JOIN files b INDEXED BY files_by_stem"
            + " ON b.folded_stem = a.folded_stem WHERE b.sha256 = a.sha256 AND b.role = a.role AND b.id > a.id"
            + " AND a.size > 0 ORDER BY b.id";

    private static final List<String> TABLES = List.of(
            "CREATE TABLE ends(file TEXT PRIMARY KEY, bytes INTEGER NOT NULL) WITHOUT ROWID",
            "CREATE TABLE sources(id INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, name TEXT NOT NULL,"
                    + " UNIQUE(kind, key))",
            "CREATE TABLE files(id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, folded TEXT NOT NULL,"
                    + " stem TEXT NOT NULL, folded_stem TEXT NOT NULL, role TEXT, sha256 TEXT NOT NULL,"
                    + " size INTEGER NOT NULL, captured_local TEXT, captured_offset TEXT, captured_origin TEXT,"
                    + " first_run TEXT, verified_at TEXT, damaged_at TEXT, plausibility TEXT, fingerprint TEXT, proof TEXT)",
            "CREATE INDEX files_by_folded ON files(folded)",
            "CREATE INDEX files_by_stem ON files(folded_stem)",
            "CREATE INDEX files_by_sha256 ON files(sha256)",
            "CREATE INDEX files_by_size ON files(size)",
            "CREATE INDEX files_damaged ON files(damaged_at) WHERE damaged_at IS NOT NULL",
            Rows.INDEX_IMPLAUSIBLE,
            Rows.INDEX_FINGERPRINT,
            Rows.CLAIMED_TABLE,
            "CREATE TABLE resources(source INTEGER NOT NULL REFERENCES sources, path TEXT NOT NULL,"
                    + " size INTEGER NOT NULL, modified INTEGER NOT NULL, modified_nanos INTEGER NOT NULL,"
                    + " created INTEGER NOT NULL, created_nanos INTEGER NOT NULL, role TEXT NOT NULL,"
                    + " asset TEXT NOT NULL, original_name TEXT NOT NULL, file INTEGER NOT NULL REFERENCES files,"
                    + " PRIMARY KEY(source, path, size, modified, modified_nanos, created, created_nanos))"
                    + " WITHOUT ROWID",
            "CREATE INDEX resources_by_asset ON resources(source, asset)",
            "CREATE INDEX resources_by_file ON resources(file)",
            "CREATE TABLE runs(source INTEGER NOT NULL REFERENCES sources, started TEXT NOT NULL, ended TEXT NOT NULL,"
                    + " zone TEXT NOT NULL, copied INTEGER NOT NULL, duplicates INTEGER NOT NULL,"
                    + " already_backed_up INTEGER NOT NULL, failed INTEGER NOT NULL, bytes_copied INTEGER NOT NULL,"
                    + " exit_code INTEGER NOT NULL, UNIQUE(source, started))");

    static final List<String> SCHEMA =
            Stream.concat(TABLES.stream(), ForgottenFiles.TABLES.stream()).toList();

    /** A file by its line in {@code SHA256SUMS}, and one by the beginning of its line, which is bound twice. */
    static final String LINE = "SELECT 1 FROM files WHERE sha256 || '  ' || path";

    static final String LINE_BEGINNING =
            "SELECT 1 FROM files WHERE substr(sha256 || '  ' || path, 1, length(?)) = ? LIMIT 1";

    static final String KEPT = "SELECT id, path, stem, role, sha256, size FROM files WHERE ";

    /** When a file was last found intact; else when the run that stored it started, by its name; else nothing. */
    static final String PROVEN =
            "coalesce(verified_at, substr(first_run, 1, 4) || '-' || substr(first_run, 5, 2) || '-' ||"
                    + " substr(first_run, 7, 2) || 'T' || substr(first_run, 10, 2) || ':' || substr(first_run, 12, 2) || ':' ||"
                    + " substr(first_run, 14, 2) || 'Z', '')";

    /** The least {@link #PROVEN}, which is computed for two rows only: for each file it takes a second in a million. */
    static final String LEAST_PROVEN =
            "WITH least AS MATERIALIZED (SELECT min(verified_at) AS verified, min(CASE WHEN verified_at IS NULL"
                    + " THEN ifnull(first_run, '') END) AS run FROM files WHERE damaged_at IS NULL)"
                    + " SELECT ifnull(min(" + PROVEN + "), '') FROM (SELECT verified AS verified_at, NULL AS first_run"
                    + " FROM least WHERE verified IS NOT NULL UNION ALL"
                    + " SELECT NULL, nullif(run, '') FROM least WHERE run IS NOT NULL)";

    /** The first of the files that one run stored in a row. Grouping them by run would sort all files. */
    static final String FIRST_IN_A_ROW =
            "WITH RECURSIVE first(id, run) AS (SELECT id, first_run FROM files WHERE id = (SELECT min(id) FROM files)"
                    + " UNION ALL SELECT f.id, f.first_run FROM first JOIN files f ON f.id = (SELECT id FROM files"
                    + " WHERE id > first.id AND first_run IS NOT first.run ORDER BY id LIMIT 1)) SELECT id FROM first";

    static final String VERIFIED = "SELECT verified_at, path FROM files WHERE verified_at IS NOT NULL ORDER BY id";

    /** Used by every run: without the hint, SQLite reads all files to keep their order. */
    static final String DAMAGED =
            "SELECT damaged_at, path FROM files INDEXED BY files_damaged WHERE damaged_at IS NOT NULL ORDER BY id";

    private static final String KEY = "r.path, r.size, r.modified, r.modified_nanos, r.created, r.created_nanos";

    static final String RESOURCE_COLUMNS = KEY + ", r.role, r.asset";

    static final String STORED_COLUMNS = RESOURCE_COLUMNS + ", f.path, f.size";

    /** A file that only a line claims, and that we never stored or read, may not exist. */
    static final String MAY_EXIST = " AND (f.first_run IS NOT NULL OR f.verified_at IS NOT NULL)";

    static final String AFTER = " AND (" + KEY + ") > (?, ?, ?, ?, ?, ?)";

    static final String BY_KEY = " ORDER BY " + KEY + " LIMIT ?";

    /** Without the cross join, SQLite may read all files by their fingerprints. */
    private static final String WITH_FINGERPRINT = "SELECT " + STORED_COLUMNS
            + ", f.fingerprint FROM resources r CROSS JOIN files f ON f.id = r.file WHERE r.source = ?" + MAY_EXIST
            + " AND f.fingerprint IS NOT NULL";

    static final String FINGERPRINTED = WITH_FINGERPRINT + AFTER + BY_KEY;

    static final String FINGERPRINTED_AT = WITH_FINGERPRINT + " AND r.path = ?";

    /** Without the hint, SQLite prefers the primary key and walks every row of the source. */
    static final String KNOWN = "SELECT f.id, f.path, f.stem, f.role, f.sha256, f.size, " + RESOURCE_COLUMNS
            + " FROM resources r INDEXED BY resources_by_asset CROSS JOIN files f ON f.id = r.file"
            + " WHERE r.source = ? AND r.asset = ? ORDER BY f.id";

    static final String PUT_FILE =
            "INSERT INTO files(path, folded, stem, folded_stem, role, sha256, size, captured_local,"
                    + " captured_offset, captured_origin, first_run, plausibility, fingerprint, proof)"
                    + " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                    + " ON CONFLICT(path) DO UPDATE SET size = excluded.size, stem = excluded.stem,"
                    + " folded_stem = excluded.folded_stem, role = excluded.role, captured_local = excluded.captured_local,"
                    + " captured_offset = excluded.captured_offset, captured_origin = excluded.captured_origin,"
                    + " first_run = excluded.first_run,"
                    + " verified_at = CASE WHEN excluded.first_run IS NULL THEN verified_at END,"
                    + " damaged_at = CASE WHEN excluded.first_run IS NULL THEN damaged_at END,"
                    + " plausibility = coalesce(excluded.plausibility, plausibility),"
                    + " fingerprint = coalesce(excluded.fingerprint, fingerprint),"
                    + " proof = coalesce(excluded.proof, proof)"
                    + " WHERE role IS NULL OR (first_run IS NULL AND excluded.first_run IS NOT NULL)";

    static final String ENTRIES =
            "SELECT ifnull(f.first_run, ''), f.path, f.stem, f.sha256, f.size, s.kind, s.key, s.name, r.asset,"
                    + " r.role, f.captured_local, f.captured_offset, f.captured_origin, " + RESOURCE_COLUMNS
                    + ", f.plausibility, f.fingerprint, f.proof, EXISTS (SELECT 1 FROM claimed c WHERE c.source = r.source"
                    + " AND c.path = r.path AND c.size = r.size AND c.modified = r.modified"
                    + " AND c.modified_nanos = r.modified_nanos AND c.created = r.created"
                    + " AND c.created_nanos = r.created_nanos)"
                    + " FROM resources r JOIN files f ON f.id = r.file JOIN sources s ON s.id = r.source";
    static final String RUN_COLUMNS =
            "started, ended, zone, copied, duplicates, already_backed_up, failed, bytes_copied, exit_code";

    static final String RUNS = "SELECT " + RUN_COLUMNS
            + ", s.kind, s.key, s.name FROM runs r JOIN sources s ON s.id = r.source ORDER BY r.rowid";

    private Rows() {}

    /**
     * Returns the key of a file of a source as columns: its path, size and times.
     *
     * @param further columns that follow the key
     */
    static Object[] key(long source, MediaFile file, Object... further) {
        Instant modified = file.modified();
        Instant created = file.created().orElse(UNKNOWN);
        List<Object> columns = new ArrayList<>(List.of(
                source,
                file.path(),
                file.size(),
                modified.getEpochSecond(),
                modified.getNano(),
                created.getEpochSecond(),
                created.getNano()));
        columns.addAll(List.of(further));
        return columns.toArray();
    }

    static Kept kept(ResultSet row) throws SQLException {
        return new Kept(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                Optional.ofNullable(row.getString(4)).map(Role::valueOf),
                row.getString(5),
                row.getLong(6));
    }

    static StoredFile stored(ResultSet row) throws SQLException {
        return new StoredFile(
                file(row, 1), row.getString(8), Role.valueOf(row.getString(7)), row.getString(9), row.getLong(10));
    }

    static SourceId source(ResultSet row, int from) throws SQLException {
        return new SourceId(
                SourceId.Kind.valueOf(row.getString(from)), row.getString(from + 1), row.getString(from + 2));
    }

    static Optional<CaptureTime> captured(ResultSet row, int from) throws SQLException {
        String local = row.getString(from);
        return local == null
                ? Optional.empty()
                : Optional.of(new CaptureTime(
                        LocalDateTime.parse(local),
                        Optional.ofNullable(row.getString(from + 1)).map(ZoneOffset::of),
                        CaptureTime.Origin.valueOf(row.getString(from + 2))));
    }

    static MediaFile file(ResultSet row, int from) throws SQLException {
        Instant created = Instant.ofEpochSecond(row.getLong(from + 4), row.getLong(from + 5));
        return new MediaFile(
                row.getString(from),
                row.getLong(from + 1),
                Instant.ofEpochSecond(row.getLong(from + 2), row.getLong(from + 3)),
                created.equals(UNKNOWN) ? Optional.empty() : Optional.of(created));
    }

    static Journal.Entry entry(ResultSet row) throws SQLException {
        return new Journal.Entry(
                false,
                row.getString(1),
                new Journal.Stored(row.getString(2), row.getString(3), row.getString(4), row.getLong(5)),
                new Journal.Origin(source(row, 6), file(row, 14)),
                new Journal.Part(row.getString(9), Role.valueOf(row.getString(10))),
                captured(row, 11),
                new Journal.Bytes(Optional.ofNullable(row.getString(22)).map(Plausibility::valueOf), evidence(row)));
    }

    private static Evidence evidence(ResultSet row) throws SQLException {
        Optional<Proof> proof = Optional.ofNullable(row.getString(24)).map(Proof::valueOf);
        return new Evidence(
                Optional.ofNullable(row.getString(23)).flatMap(Fingerprint::of),
                row.getBoolean(25) ? Optional.of(Proof.CLAIMED) : proof);
    }

    static RunRecord run(SourceId source, ResultSet row) throws SQLException {
        return JournalFields.counted(
                source,
                Instant.parse(row.getString(1)),
                Instant.parse(row.getString(2)),
                row.getInt(9),
                new RunResult.Counts(0, row.getInt(4), row.getInt(5), row.getInt(6), row.getInt(7), 0),
                row.getLong(8));
    }
}
