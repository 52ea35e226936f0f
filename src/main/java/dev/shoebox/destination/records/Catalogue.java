package dev.shoebox.destination.records;

import dev.shoebox.destination.disk.AppendOnlyLines;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Names;
import dev.shoebox.destination.records.database.Database;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.fingerprint.Fingerprint;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.SourceId;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The index of the stored files, their origins and the runs, in SQLite. It can be rebuilt from the manifest and the
 * journal, and is always behind them, never ahead. Thread-safe.
 */
public final class Catalogue implements Closeable {
    public static final String FILE = Identity.CATALOGUE;

    /** Suffix of a file name: the row with the check of its position. */
    private static final String CHECK = " check";

    private final Database database;
    private final CatalogueSchema schema;
    private final SourceKeys sources;
    private final ForgottenFiles forgotten;
    private final EventIndex events;
    private final RunIndex runs;
    private final FileMarks marks;

    public Catalogue(Database database) {
        this.database = database;
        this.schema = new CatalogueSchema(database);
        this.sources = new SourceKeys(database);
        this.forgotten = new ForgottenFiles(database, sources);
        this.runs = new RunIndex(database, sources);
        this.marks = new FileMarks(database, this, sources);
        this.events = new EventIndex(database, sources, forgotten, runs);
    }

    /** A file of a source, and the file with its bytes. */
    public record Known(MediaFile file, Role role, Kept kept) {}

    /** Returns whether nothing was ever stored here, not even an empty state. */
    public synchronized boolean isFresh() throws DestinationException {
        return schema.isAbsent();
    }

    /** Returns whether it is of an earlier version, so that {@link #migrate} must be called first. */
    public synchronized boolean isOld() throws DestinationException {
        return schema.isOld();
    }

    /** Upgrades it to this version. Its contents stay, and earlier versions can continue with it. */
    public synchronized void migrate() throws DestinationException {
        schema.migrate();
    }

    public synchronized void create() throws DestinationException {
        schema.create();
    }

    /** Returns the facts about the bytes of files. */
    public FileMarks marks() {
        return marks;
    }

    /** Returns whether damage was found in use. */
    public synchronized boolean isDamaged() {
        return database.isDamaged();
    }

    /** Runs the work in a transaction: durable as a whole, or not at all. */
    public synchronized void transaction(Database.Work work) throws IOException {
        sources.forget();
        try {
            database.transaction(work);
        } finally {
            sources.forget();
        }
    }

    /** Returns how far a file of lines was read: the rest is new. */
    public synchronized long end(String file) throws DestinationException {
        return database.first("SELECT bytes FROM ends WHERE file = ?", row -> row.getLong(1), file)
                .orElse(0L);
    }

    /** Returns {@link #end} with the check of the content there. */
    public synchronized AppendOnlyLines.Position position(AppendOnlyLines.Kind lines) throws DestinationException {
        long check = database.first(
                        "SELECT bytes FROM ends WHERE file = ?", row -> row.getLong(1), lines.path() + CHECK)
                .orElse(-1L);
        return new AppendOnlyLines.Position(end(lines.path()), check);
    }

    public synchronized void setPosition(AppendOnlyLines.Kind lines, AppendOnlyLines.Position position)
            throws DestinationException {
        String put = "INSERT OR REPLACE INTO ends VALUES(?, ?)";
        database.update(put, lines.path(), position.end());
        database.update(put, lines.path() + CHECK, position.check());
    }

    /** Returns whether the text is the beginning of a line that lists a file. */
    public synchronized boolean isBeginningOfLine(String text) throws DestinationException {
        return database.first(Rows.LINE + " = ?", row -> 1, text).isEmpty()
                && database.first(Rows.LINE_BEGINNING, row -> 1, text, text).isPresent();
    }

    /** Adds a line of the manifest without further facts; the size is -1 if unknown. */
    public synchronized void list(Manifest line, long size) throws DestinationException {
        String stem = Names.withoutExtension(line.path());
        database.update(
                "INSERT INTO files(path, folded, stem, folded_stem, sha256, size) VALUES(?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT(path) DO NOTHING",
                line.path(),
                Names.fold(line.path()),
                stem,
                Names.fold(stem),
                line.sha256(),
                size);
    }

    /** Adds an event; the file of an entry must be accepted. */
    public synchronized void add(Journal.Event event) throws DestinationException {
        events.add(event);
    }

    /**
     * Renames files to the names under which they were found; within a transaction. Can be repeated. Their last
     * verification must be recorded again.
     */
    public synchronized void move(List<Journal.Moved> moves) throws DestinationException {
        events.move(moves);
    }

    /** Returns the forgotten contents with their last paths. */
    public synchronized Map<String, String> forgotten() throws DestinationException {
        return schema.knowsForgotten() ? forgotten.paths() : Map.of();
    }

    /** Returns the files of a source with forgotten contents. */
    public synchronized Set<MediaFile> forgotten(SourceId source) throws DestinationException {
        return schema.knowsForgotten() ? forgotten.of(source) : Set.of();
    }

    /** Returns the run that stored the file at that path; empty if none did. */
    public synchronized String firstRun(String path) throws DestinationException {
        return database.first("SELECT ifnull(first_run, '') FROM files WHERE path = ?", row -> row.getString(1), path)
                .orElse("");
    }

    /** Returns the files of a source that were never read because their fingerprints are those of stored files. */
    public synchronized Set<MediaFile> claimed(SourceId source) throws DestinationException {
        Optional<Long> id = sources.find(source);
        return id.isEmpty() || !events.hasClaims()
                ? Set.of()
                : new HashSet<>(database.query(Rows.CLAIMED, row -> Rows.file(row, 1), id.get()));
    }

    /** Returns whether a source once had a file at that path, read or claimed. */
    public synchronized boolean knowsPath(SourceId source, String path) throws DestinationException {
        Optional<Long> id = sources.find(source);
        return id.isPresent()
                && !database.query(Rows.KNOWS_PATH, row -> 1, id.get(), path, id.get(), path)
                        .isEmpty();
    }

    /** Returns the first files with that fingerprint that are not known to be damaged. */
    public synchronized List<Kept> withFingerprint(Fingerprint fingerprint) throws DestinationException {
        return database.query(
                Rows.KEPT + "fingerprint = ? AND damaged_at IS NULL"
                        + " AND (first_run IS NOT NULL OR verified_at IS NOT NULL) ORDER BY id LIMIT 10",
                Rows::kept,
                fingerprint.text());
    }

    /** Returns the fingerprint of the file at that path, if known. */
    public synchronized Optional<Fingerprint> fingerprint(String path) throws DestinationException {
        return database.first("SELECT ifnull(fingerprint, '') FROM files WHERE path = ?", row -> row.getString(1), path)
                .flatMap(Fingerprint::of);
    }

    public synchronized Optional<Kept> at(String path) throws DestinationException {
        return database.first(Rows.KEPT + "path = ?", Rows::kept, path);
    }

    /** Returns the files whose paths are equal when folded, by {@link Names#fold}. */
    public synchronized List<String> folded(String folded) throws DestinationException {
        return database.query("SELECT path FROM files WHERE folded = ?", row -> row.getString(1), folded);
    }

    public synchronized boolean hasFolded(String folded) throws DestinationException {
        return database.first("SELECT 1 FROM files WHERE folded = ?", row -> 1, folded)
                .isPresent();
    }

    /** Two files of one asset and role with the same content; the second was stored later. */
    public record Pair(Kept first, Kept second) {}

    /** Returns files that are stored twice, although an asset has each content once. */
    public synchronized List<Pair> alike() throws DestinationException {
        List<Pair> alike = new ArrayList<>();
        for (List<Long> ids : database.query(Rows.ALIKE, row -> List.of(row.getLong(1), row.getLong(2)))) {
            alike.add(new Pair(with(ids.get(0)), with(ids.get(1))));
        }
        return alike;
    }

    /** Removes a file that no longer holds any file of a source; within a transaction. */
    public synchronized void remove(String path) throws DestinationException {
        database.update(
                "DELETE FROM files WHERE path = ? AND id NOT IN (SELECT file FROM resources WHERE file = files.id)",
                path);
    }

    /** Returns the first files with that content; some, such as equal edits, exist thousands of times. */
    public synchronized List<Kept> withContent(String sha256) throws DestinationException {
        return database.query(Rows.KEPT + "sha256 = ? ORDER BY id LIMIT 50", Rows::kept, sha256);
    }

    public synchronized List<Kept> withStem(String foldedStem) throws DestinationException {
        return database.query(Rows.KEPT + "folded_stem = ? ORDER BY id", Rows::kept, foldedStem);
    }

    public synchronized boolean hasFileOfSize(long bytes) throws DestinationException {
        return database.first("SELECT 1 FROM files WHERE size = ? LIMIT 1", row -> 1, bytes)
                .isPresent();
    }

    /** Returns all versions of that asset on the source. */
    public synchronized List<Known> known(SourceId source, String asset) throws DestinationException {
        Optional<Long> id = sources.find(source);
        return id.isEmpty()
                ? List.of()
                : database.query(
                        Rows.KNOWN,
                        row -> new Known(Rows.file(row, 7), Role.valueOf(row.getString(13)), Rows.kept(row)),
                        id.get(),
                        asset);
    }

    /** Returns the first rows of a source, ordered by key. */
    public synchronized List<StoredFile> stored(SourceId source, int limit) throws DestinationException {
        Optional<Long> id = sources.find(source);
        return id.isEmpty() ? List.of() : stored("", id.get(), limit);
    }

    /** Returns the rows of a source that follow the last row of the previous page. */
    public synchronized List<StoredFile> storedAfter(StoredFile row, SourceId source, int limit)
            throws DestinationException {
        Optional<Long> id = sources.find(source);
        return id.isEmpty() ? List.of() : stored(Rows.AFTER, Rows.key(id.get(), row.file(), limit));
    }

    private List<StoredFile> stored(String condition, Object... values) throws DestinationException {
        return database.query(
                "SELECT " + Rows.STORED_COLUMNS + " FROM resources r JOIN files f ON f.id = r.file WHERE r.source = ?"
                        + Rows.MAY_EXIST + condition + Rows.BY_KEY,
                Rows::stored,
                values);
    }

    /** Returns a cursor over all files in the order in which they were stored. */
    public FileCursor files() {
        return new FileCursor(this::files);
    }

    /**
     * Returns the next files in the order in which they were stored.
     *
     * @param after the {@link Kept#id} of the last one; 0 at the start
     */
    synchronized List<Kept> files(long after, int limit) throws DestinationException {
        return database.query(Rows.KEPT + "id > ? ORDER BY id LIMIT ?", Rows::kept, after, limit);
    }

    /**
     * Returns the ids of all files, in the order in which they were stored.
     *
     * @param oldestFirst whether to order them by last proof instead, oldest first
     */
    public synchronized long[] ids(boolean oldestFirst) throws DestinationException {
        return database
                .query(
                        "SELECT id FROM files ORDER BY " + (oldestFirst ? Rows.PROVEN + ", id" : "id"),
                        row -> row.getLong(1))
                .stream()
                .mapToLong(Long::longValue)
                .toArray();
    }

    /** Returns the id of the file that was added last; 0 if there is none. */
    public synchronized long lastId() throws DestinationException {
        return database.query("SELECT max(id) FROM files", row -> row.getLong(1))
                .get(0);
    }

    /** Returns the file with that id, which must be one of {@link #ids}. */
    public synchronized Kept with(long id) throws DestinationException {
        return database.first(Rows.KEPT + "id = ?", Rows::kept, id).orElseThrow();
    }

    /** Returns the first and the last file stored by each run, and of those that only the manifest lists. */
    public synchronized List<Kept> firstAndLastOfEachRun() throws DestinationException {
        List<Kept> files = new ArrayList<>();
        for (long first : database.query(Rows.FIRST_IN_A_ROW, row -> row.getLong(1))) {
            files.addAll(database.query(Rows.KEPT + "id < ? ORDER BY id DESC LIMIT 1", Rows::kept, first));
            files.add(with(first));
        }
        files.addAll(database.query(Rows.KEPT + "id = (SELECT max(id) FROM files)", Rows::kept));
        return files;
    }

    /** Returns the files of sources with the content of the file at that path, each with its capture time. */
    public synchronized List<Journal.Entry> origins(String path) throws DestinationException {
        return database.query(Rows.ENTRIES + " WHERE f.path = ? ORDER BY r.role <> f.role", Rows::entry, path);
    }

    /** Returns what is wrong with the database file; empty if nothing is. */
    public synchronized Optional<String> integrity() throws DestinationException {
        return database.first("PRAGMA integrity_check(1)", row -> row.getString(1))
                .filter(words -> !words.equals("ok"));
    }

    /** Returns the number of files, and their bytes. */
    public synchronized long[] totals() throws DestinationException {
        return database.first("SELECT count(*), ifnull(sum(max(size, 0)), 0) FROM files", row ->
                        new long[] {row.getLong(1), row.getLong(2)})
                .orElseThrow();
    }

    /** Returns the files of sources with the files that hold them; for each file, its first origin comes first. */
    public synchronized List<Journal.Entry> entries() throws DestinationException {
        return database.query(Rows.ENTRIES + " ORDER BY f.id, r.role <> f.role", Rows::entry);
    }

    /** Returns everything as events of the journal; entries of one file start with the one that stored it. */
    public synchronized List<Journal.Event> events() throws DestinationException {
        var events = new ArrayList<Journal.Event>();
        String before = "";
        for (Journal.Entry entry : database.query(Rows.ENTRIES + " ORDER BY f.id, r.role <> f.role", Rows::entry)) {
            boolean stored = !entry.path().equals(before) && !entry.run().isEmpty();
            events.add(stored ? entry.asStored() : entry);
            before = entry.path();
        }
        events.addAll(runs());
        events.addAll(database.query(
                Rows.VERIFIED,
                row -> new Journal.Verified(Instant.parse(row.getString(1)), List.of(row.getString(2)))));
        events.addAll(database.query(
                Rows.DAMAGED, row -> new Journal.Damaged(Instant.parse(row.getString(1)), List.of(row.getString(2)))));
        if (schema.knowsForgotten()) {
            events.addAll(forgotten.events());
        }
        return events;
    }

    /** Returns every run, in the order in which they were recorded. */
    public synchronized List<Journal.RunEnded> runs() throws DestinationException {
        return runs.all();
    }

    /** Returns the status of each source, by name. */
    public synchronized List<BackupStatus> status() throws DestinationException {
        return runs.status();
    }

    @Override
    public synchronized void close() {
        database.close();
    }
}
