package dev.shoebox.destination.records;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.records.database.Database;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.SourceId;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The forgotten contents in the catalogue. Used by {@link Catalogue} only, which locks. */
final class ForgottenFiles {
    /** Separate tables, so that earlier versions can continue with the catalogue. */
    static final List<String> TABLES = List.of(
            "CREATE TABLE forgotten(sha256 TEXT PRIMARY KEY, path TEXT NOT NULL, size INTEGER NOT NULL,"
                    + " at TEXT NOT NULL) WITHOUT ROWID",
            "CREATE TABLE forgotten_files(source INTEGER NOT NULL REFERENCES sources, path TEXT NOT NULL,"
                    + " size INTEGER NOT NULL, modified INTEGER NOT NULL, modified_nanos INTEGER NOT NULL,"
                    + " created INTEGER NOT NULL, created_nanos INTEGER NOT NULL, sha256 TEXT NOT NULL,"
                    + " PRIMARY KEY(source, path, size, modified, modified_nanos, created, created_nanos))"
                    + " WITHOUT ROWID",
            "CREATE INDEX forgotten_files_by_content ON forgotten_files(sha256)");

    private static final String FILE_COLUMNS =
            "f.path, f.size, f.modified, f.modified_nanos, f.created, f.created_nanos";

    private final Database database;
    private final SourceKeys sources;

    ForgottenFiles(Database database, SourceKeys sources) {
        this.database = database;
        this.sources = sources;
    }

    /** Adds a forgotten content, and removes the records under that path with that content. */
    void add(Journal.Forgotten forgotten) throws DestinationException {
        String where = "(SELECT id FROM files WHERE path = ? AND sha256 = ?)";
        database.update("DELETE FROM resources WHERE file IN " + where, forgotten.path(), forgotten.sha256());
        database.update("DELETE FROM files WHERE id IN " + where, forgotten.path(), forgotten.sha256());
        database.update(
                "INSERT OR IGNORE INTO forgotten VALUES(?, ?, ?, ?)",
                forgotten.sha256(),
                forgotten.path(),
                forgotten.size(),
                forgotten.at().toString());
        for (Journal.Origin origin : forgotten.files()) {
            database.update(
                    "INSERT OR REPLACE INTO forgotten_files VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
                    Rows.key(sources.put(origin.source()), origin.file(), forgotten.sha256()));
        }
    }

    void remove(Journal.Wanted wanted) throws DestinationException {
        for (String content : wanted.contents()) {
            database.update("DELETE FROM forgotten_files WHERE sha256 = ?", content);
            database.update("DELETE FROM forgotten WHERE sha256 = ?", content);
        }
    }

    /** Returns the last path of each content. */
    Map<String, String> paths() throws DestinationException {
        Map<String, String> paths = new LinkedHashMap<>();
        database.query(
                        "SELECT sha256, path FROM forgotten ORDER BY path, sha256",
                        row -> Map.entry(row.getString(1), row.getString(2)))
                .forEach(each -> paths.put(each.getKey(), each.getValue()));
        return paths;
    }

    Set<MediaFile> of(SourceId source) throws DestinationException {
        Optional<Long> id = sources.find(source);
        return id.isEmpty()
                ? Set.of()
                : new HashSet<>(database.query(
                        "SELECT " + FILE_COLUMNS + " FROM forgotten_files f WHERE f.source = ?",
                        row -> Rows.file(row, 1),
                        id.get()));
    }

    /** Returns the contents as events of the journal. */
    List<Journal.Event> events() throws DestinationException {
        List<Journal.Event> events = new ArrayList<>();
        events.addAll(database.query(
                "SELECT at, path, sha256, size FROM forgotten ORDER BY path",
                row -> new Journal.Forgotten(
                        Instant.parse(row.getString(1)),
                        row.getString(2),
                        row.getString(3),
                        row.getLong(4),
                        List.of())));
        events.addAll(database.query(
                "SELECT g.at, g.path, g.sha256, g.size, " + FILE_COLUMNS + ", s.kind, s.key, s.name"
                        + " FROM forgotten_files f JOIN forgotten g ON g.sha256 = f.sha256"
                        + " JOIN sources s ON s.id = f.source ORDER BY g.path, f.path",
                row -> new Journal.Forgotten(
                        Instant.parse(row.getString(1)),
                        row.getString(2),
                        row.getString(3),
                        row.getLong(4),
                        List.of(new Journal.Origin(Rows.source(row, 11), Rows.file(row, 5))))));
        return events;
    }
}
