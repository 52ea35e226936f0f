package dev.shoebox.destination.records;

import dev.shoebox.destination.disk.AppendOnlyLines;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Names;
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

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What lies on disk, where it came from and which runs brought it, in SQLite. An index: it can be made again from the
 * manifest and the journal, and is always behind them, never ahead. Safe for use by several threads.
 */
public final class Catalogue implements Closeable {
    public static final String FILE = Identity.CATALOGUE;

    /**
     * Version 1 did not know what the bytes of files look like, version 2 nothing of their fingerprints, version 3 nothing of what
     * was forgotten on purpose.
     */
    private static final int VERSION = 4;

    /** Of the name of a file of lines: the check of its position, as another row. */
    private static final String CHECK = " check";

    private final Database database;

    private final SourceKeys sources;

    private final ForgottenFiles forgotten;

    /** Whether any file is marked as damaged, once that was asked for. */
    private Optional<Boolean> hasDamage = Optional.empty();

    /** Whether any file of a source was not read, once that was asked for. */
    private Optional<Boolean> hasClaims = Optional.empty();

    public Catalogue(Database database) {
        this.database = database;
        this.sources = new SourceKeys(database);
        this.forgotten = new ForgottenFiles(database, sources);
    }

    /**
     * A file on disk.
     *
     * @param role what it was when it was first stored; empty where only the manifest knows it
     */
    public record Kept(long id, String path, String stem, Optional<Role> role, String sha256, long size) {}

    /** A file of a source, and the file that holds its bytes. */
    public record Known(MediaFile file, Role role, Kept kept) {}

    /** Whether nothing was ever stored here, not even that there is nothing. */
    public synchronized boolean isFresh() throws DestinationException {
        return database.version() == 0;
    }

    /** Whether it is of an earlier version, so that {@link #migrate} comes before anything else. */
    public synchronized boolean isOld() throws DestinationException {
        return !isFresh() && database.version() < VERSION;
    }

    /** Makes it one of this version; what is in it stays, and earlier versions can go on with it. */
    public synchronized void migrate() throws DestinationException {
        for (List<String> next : Rows.MIGRATIONS.subList(database.version() - 1, VERSION - 1)) {
            for (String statement : next) {
                database.update(statement);
            }
        }
        database.setVersion(VERSION);
    }

    /** Whether it was found to be damaged in use. */
    public synchronized boolean isDamaged() {
        return database.isDamaged();
    }

    public synchronized void create() throws DestinationException {
        for (String statement : Rows.SCHEMA) {
            database.update(statement);
        }
        database.setVersion(VERSION);
    }

    /** Everything the work does is there afterwards, durably, or nothing. */
    public synchronized void transaction(Database.Work work) throws IOException {
        sources.forget();
        try {
            database.transaction(work);
        } finally {
            sources.forget();
        }
    }

    /** How far a file of lines is taken in: what follows is news. */
    public synchronized long end(String file) throws DestinationException {
        return only("SELECT bytes FROM ends WHERE file = ?", row -> row.getLong(1), file)
                .orElse(0L);
    }

    /** {@link #end} with what ends there. */
    public synchronized AppendOnlyLines.Position position(AppendOnlyLines.Kind lines) throws DestinationException {
        long check = only("SELECT bytes FROM ends WHERE file = ?", row -> row.getLong(1), lines.path() + CHECK)
                .orElse(-1L);
        return new AppendOnlyLines.Position(end(lines.path()), check);
    }

    public synchronized void setPosition(AppendOnlyLines.Kind lines, AppendOnlyLines.Position position)
            throws DestinationException {
        String put = "INSERT OR REPLACE INTO ends VALUES(?, ?)";
        database.update(put, lines.path(), position.end());
        database.update(put, lines.path() + CHECK, position.check());
    }

    /** Whether the text is the beginning of a line that lists a file. */
    public synchronized boolean isBeginningOfLine(String text) throws DestinationException {
        return only(Rows.LINE + " = ?", row -> 1, text).isEmpty()
                && only(Rows.LINE_BEGINNING, row -> 1, text, text).isPresent();
    }

    /** Takes in a line of the manifest of which nothing else is known; its size is -1 where that cannot be told. */
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

    /** Takes in an event; the file of an entry must be accepted. */
    public synchronized void add(Journal.Event event) throws DestinationException {
        if (event instanceof Journal.Entry entry) {
            addEntry(entry);
        } else if (event instanceof Journal.RunEnded ended) {
            addRun(ended);
        } else if (event instanceof Journal.Verified verified) {
            mark(verified.paths(), "verified_at = ?, damaged_at = NULL", verified.at());
        } else if (event instanceof Journal.Damaged damaged) {
            mark(damaged.paths(), "verified_at = NULL, damaged_at = ?", damaged.at());
            hasDamage = Optional.of(true);
        } else if (event instanceof Journal.Assessed assessed) {
            for (String path : assessed.paths()) {
                database.update(
                        "UPDATE files SET plausibility = ? WHERE path = ?",
                        assessed.plausibility().name(),
                        path);
            }
        } else if (event instanceof Journal.Fingerprinted printed) {
            for (Map.Entry<String, Fingerprint> file : printed.files().entrySet()) {
                database.update(
                        "UPDATE files SET fingerprint = ? WHERE path = ?",
                        file.getValue().text(),
                        file.getKey());
            }
        } else if (event instanceof Journal.Forgotten gone) {
            forgotten.add(gone);
        } else if (event instanceof Journal.Wanted wanted) {
            forgotten.remove(wanted);
        } else if (event instanceof Journal.Moved moved) {
            addMove(moved);
        } else if (event instanceof Journal.Doubted doubted) {
            long source = sources.put(doubted.source());
            // That they were claimed once stays, so that the next run reads them instead of claiming them anew.
            database.update(Rows.FORGET_CLAIMED, source, source);
        }
    }

    /** The contents that their owner deleted on purpose, each with where it lay last. */
    public synchronized Map<String, String> forgotten() throws DestinationException {
        return hasForgotten() ? forgotten.paths() : Map.of();
    }

    /** The files of a source that have such a content. */
    public synchronized Set<MediaFile> forgotten(SourceId source) throws DestinationException {
        return hasForgotten() ? forgotten.of(source) : Set.of();
    }

    /** A catalogue that an earlier version made, and that is only looked at, has no such table. */
    private boolean hasForgotten() throws DestinationException {
        return database.version() >= 4;
    }

    /** What lay there once is what lies here now, if it is listed here. */
    private void addMove(Journal.Moved moved) throws DestinationException {
        Optional<Kept> to = at(moved.to()).filter(kept -> kept.sha256().equals(moved.sha256()));
        if (to.isEmpty()) {
            return;
        }
        if (!moved.run().isEmpty()) {
            database.update(
                    "UPDATE files SET first_run = coalesce(first_run, ?) WHERE id = ?",
                    moved.run(),
                    to.get().id());
        }
        Optional<Kept> from = at(moved.from())
                .filter(kept -> kept.sha256().equals(moved.sha256())
                        && kept.id() != to.get().id());
        if (from.isPresent()) {
            merge(from.get(), to.get());
        }
    }

    private void merge(Kept gone, Kept stays) throws DestinationException {
        database.update("UPDATE resources SET file = ? WHERE file = ?", stays.id(), gone.id());
        database.update("DELETE FROM files WHERE id = ?", gone.id());
    }

    /**
     * Gives files the names under which they were found; within a transaction. What is done already is not done again. When they
     * were last found well is to be told anew.
     */
    public synchronized void move(List<Journal.Moved> moves) throws DestinationException {
        Map<Long, Journal.Moved> renamed = new LinkedHashMap<>();
        Set<Long> moving = new HashSet<>();
        Map<String, Kept> before = new HashMap<>();
        for (Journal.Moved each : moves) {
            Optional<Kept> from = at(each.from()).filter(kept -> kept.sha256().equals(each.sha256()));
            from.ifPresent(kept -> {
                moving.add(kept.id());
                before.put(each.from(), kept);
            });
        }
        Set<String> taken = new HashSet<>();
        for (Journal.Moved each : moves) {
            Kept from = before.get(each.from());
            Optional<Kept> there = at(each.to());
            if (from == null || each.from().equals(each.to())) {
                continue;
            }
            boolean isTheirs = there.isPresent() && !moving.contains(there.get().id());
            // Files of sources must never come to stand for other bytes.
            if (isTheirs && !there.get().sha256().equals(each.sha256())) {
                continue;
            }
            if (isTheirs && there.get().role().isPresent()) {
                merge(from, there.get());
            } else if (taken.add(each.to())) {
                if (isTheirs) {
                    merge(there.get(), from);
                }
                renamed.put(from.id(), each);
            } else {
                long stays = renamed.entrySet().stream()
                        .filter(other -> other.getValue().to().equals(each.to()))
                        .findFirst()
                        .orElseThrow()
                        .getKey();
                merge(from, with(stays));
            }
        }
        for (long id : renamed.keySet()) {
            // Two that changed places need a third one on the way.
            database.update("UPDATE files SET path = ? WHERE id = ?", "\u0000" + id, id);
        }
        for (Map.Entry<Long, Journal.Moved> each : renamed.entrySet()) {
            Journal.Moved to = each.getValue();
            database.update(
                    "UPDATE files SET path = ?, folded = ?, stem = ?, folded_stem = ?, verified_at = NULL,"
                            + " damaged_at = NULL WHERE id = ?",
                    to.to(),
                    Names.fold(to.to()),
                    to.stem(),
                    Names.fold(to.stem()),
                    each.getKey());
        }
    }

    /** The run that stored the file at that path; empty where none did. */
    public synchronized String firstRun(String path) throws DestinationException {
        return only("SELECT ifnull(first_run, '') FROM files WHERE path = ?", row -> row.getString(1), path)
                .orElse("");
    }

    private void mark(List<String> paths, String columns, Instant at) throws DestinationException {
        for (String path : paths) {
            database.update("UPDATE files SET " + columns + " WHERE path = ?", at.toString(), path);
        }
    }

    private void addEntry(Journal.Entry entry) throws DestinationException {
        if (entry.fresh() && hasDamage()) {
            database.update("UPDATE files SET damaged_at = NULL WHERE path = ?", entry.path());
        }
        // A file that only the manifest knew becomes what its first entry says of it.
        database.update(
                Rows.PUT_FILE,
                entry.path(),
                Names.fold(entry.path()),
                entry.stem(),
                Names.fold(entry.stem()),
                entry.role().name(),
                entry.sha256(),
                entry.size(),
                entry.captured().map(time -> time.local().toString()),
                entry.captured().flatMap(CaptureTime::offset).map(Object::toString),
                entry.captured().map(time -> time.origin().name()),
                entry.fresh() ? Optional.of(entry.run()) : Optional.empty(),
                entry.bytes().plausibility().map(Plausibility::name),
                entry.evidence().fingerprint().map(Fingerprint::text),
                entry.evidence().isClaim()
                        ? Optional.empty()
                        : entry.evidence().proof().map(Proof::name));
        addEvidence(entry);
        MediaFile file = entry.file();
        Instant modified = file.modified();
        Instant created = file.created().orElse(Rows.UNKNOWN);
        database.update(
                "INSERT INTO resources VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT id FROM files WHERE path = ?))"
                        + " ON CONFLICT DO UPDATE SET role = excluded.role, asset = excluded.asset,"
                        + " file = excluded.file",
                sources.put(entry.source()),
                file.path(),
                file.size(),
                modified.getEpochSecond(),
                modified.getNano(),
                created.getEpochSecond(),
                created.getNano(),
                entry.role().name(),
                entry.asset(),
                file.name(),
                entry.path());
    }

    /** Of bytes that lay there already, as they came once more; and whether anything came at all. */
    private void addEvidence(Journal.Entry entry) throws DestinationException {
        Evidence evidence = entry.evidence();
        Optional<String> proof = evidence.proof().map(Proof::name);
        if (!entry.fresh()
                && !evidence.isClaim()
                && (proof.isPresent() || evidence.fingerprint().isPresent())) {
            database.update(Rows.PUT_EVIDENCE, evidence.fingerprint().map(Fingerprint::text), proof, entry.path());
        }
        if (evidence.isClaim()) {
            hasClaims = Optional.of(true);
            database.update(Rows.PUT_CLAIM, key(entry));
        } else if (hasClaims()) {
            database.update(Rows.DELETE_CLAIM, key(entry));
        }
    }

    private Object[] key(Journal.Entry entry) throws DestinationException {
        MediaFile file = entry.file();
        Instant modified = file.modified();
        Instant created = file.created().orElse(Rows.UNKNOWN);
        return new Object[] {
            sources.put(entry.source()),
            file.path(),
            file.size(),
            modified.getEpochSecond(),
            modified.getNano(),
            created.getEpochSecond(),
            created.getNano()
        };
    }

    private boolean hasClaims() throws DestinationException {
        if (hasClaims.isEmpty()) {
            hasClaims =
                    Optional.of(only("SELECT 1 FROM claimed LIMIT 1", row -> 1).isPresent());
        }
        return hasClaims.get();
    }

    /** The files of a source that were never read, because their fingerprints are those of files that are here. */
    public synchronized Set<MediaFile> claimed(SourceId source) throws DestinationException {
        Optional<Long> id = sources.find(source);
        return id.isEmpty() || !hasClaims()
                ? Set.of()
                : new HashSet<>(database.query(Rows.CLAIMED, row -> Rows.file(row, 1), id.get()));
    }

    /** Whether a source once had a file at that path, read or claimed. */
    public synchronized boolean knowsPath(SourceId source, String path) throws DestinationException {
        Optional<Long> id = sources.find(source);
        return id.isPresent()
                && !database.query(Rows.KNOWS_PATH, row -> 1, id.get(), path, id.get(), path)
                        .isEmpty();
    }

    /** The first files with that fingerprint that are not known to be damaged. */
    public synchronized List<Kept> withFingerprint(Fingerprint fingerprint) throws DestinationException {
        return database.query(
                Rows.KEPT + "fingerprint = ? AND damaged_at IS NULL"
                        + " AND (first_run IS NOT NULL OR verified_at IS NOT NULL) ORDER BY id LIMIT 10",
                Rows::kept,
                fingerprint.text());
    }

    /** Of the file at that path, if it is known. */
    public synchronized Optional<Fingerprint> fingerprint(String path) throws DestinationException {
        return only("SELECT ifnull(fingerprint, '') FROM files WHERE path = ?", row -> row.getString(1), path)
                .flatMap(Fingerprint::of);
    }

    /** Where the files are that two readings of a phone gave alike, and otherwise than its library took them in. */
    public synchronized Set<String> perhapsDamaged() throws DestinationException {
        return new HashSet<>(
                database.query("SELECT path FROM files WHERE proof = 'PERHAPS_DAMAGED'", row -> row.getString(1)));
    }

    /** The files of which no fingerprint is known, by path. */
    public synchronized Set<String> withoutFingerprint() throws DestinationException {
        return new HashSet<>(
                database.query("SELECT path FROM files WHERE fingerprint IS NULL", row -> row.getString(1)));
    }

    private void addRun(Journal.RunEnded ended) throws DestinationException {
        RunRecord run = ended.run();
        RunResult.Counts counts = run.result().counts();
        database.update(
                "INSERT OR REPLACE INTO runs VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                sources.put(run.source().orElseThrow()),
                run.started().toString(),
                run.ended().toString(),
                ended.zone(),
                counts.copied(),
                counts.duplicates(),
                counts.alreadyBackedUp(),
                run.left(),
                run.result().traffic().bytesCopied(),
                run.how().orElseThrow().number());
    }

    public synchronized Optional<Kept> at(String path) throws DestinationException {
        return only(Rows.KEPT + "path = ?", Rows::kept, path);
    }

    public synchronized boolean hasFolded(String folded) throws DestinationException {
        return only("SELECT 1 FROM files WHERE folded = ?", row -> 1, folded).isPresent();
    }

    /** Two files of one asset and role with the same content, of which the second was stored later. */
    public record Pair(Kept first, Kept second) {}

    /** Files that lie there twice, though an asset has each content once. */
    public synchronized List<Pair> alike() throws DestinationException {
        List<Pair> alike = new ArrayList<>();
        for (List<Long> ids : database.query(Rows.ALIKE, row -> List.of(row.getLong(1), row.getLong(2)))) {
            alike.add(new Pair(with(ids.get(0)), with(ids.get(1))));
        }
        return alike;
    }

    /** Forgets a file that holds no file of a source any more; within a transaction. */
    public synchronized void remove(String path) throws DestinationException {
        database.update(
                "DELETE FROM files WHERE path = ? AND id NOT IN (SELECT file FROM resources WHERE file = files.id)",
                path);
    }

    /** The first files with that content; of some, such as edits that are all alike, there are thousands. */
    public synchronized List<Kept> withContent(String sha256) throws DestinationException {
        return database.query(Rows.KEPT + "sha256 = ? ORDER BY id LIMIT 50", Rows::kept, sha256);
    }

    public synchronized List<Kept> withStem(String foldedStem) throws DestinationException {
        return database.query(Rows.KEPT + "folded_stem = ? ORDER BY id", Rows::kept, foldedStem);
    }

    public synchronized boolean hasFileOfSize(long bytes) throws DestinationException {
        return only("SELECT 1 FROM files WHERE size = ? LIMIT 1", row -> 1, bytes)
                .isPresent();
    }

    /** What the source had of that asset, in whatever version. */
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

    /**
     * The next rows of a source, ordered by key.
     *
     * @param after the last row of the page before
     */
    public synchronized List<StoredFile> stored(SourceId source, Optional<StoredFile> after, int limit)
            throws DestinationException {
        Optional<Long> id = sources.find(source);
        if (id.isEmpty()) {
            return List.of();
        }
        String select = "SELECT " + Rows.RESOURCE_COLUMNS
                + ", f.path, f.size FROM resources r JOIN files f ON f.id = r.file WHERE r.source = ?"
                // What only a line claims, and nobody of ours stored or read, is not here for all we know.
                + " AND (f.first_run IS NOT NULL OR f.verified_at IS NOT NULL)";
        String order = " ORDER BY r.path, r.size, r.modified, r.modified_nanos, r.created, r.created_nanos LIMIT ?";
        Database.Row<StoredFile> read = row -> new StoredFile(
                Rows.file(row, 1), row.getString(8), Role.valueOf(row.getString(7)), row.getString(9), row.getLong(10));
        if (after.isEmpty()) {
            return database.query(select + order, read, id.get(), limit);
        }
        MediaFile last = after.get().file();
        Instant modified = last.modified();
        Instant created = last.created().orElse(Rows.UNKNOWN);
        return database.query(
                select + " AND (r.path, r.size, r.modified, r.modified_nanos, r.created, r.created_nanos)"
                        + " > (?, ?, ?, ?, ?, ?)" + order,
                read,
                id.get(),
                last.path(),
                last.size(),
                modified.getEpochSecond(),
                modified.getNano(),
                created.getEpochSecond(),
                created.getNano(),
                limit);
    }

    /**
     * The next files in the order in which they were stored.
     *
     * @param after the {@link Kept#id} of the last; 0 to begin
     */
    public synchronized List<Kept> files(long after, int limit) throws DestinationException {
        return database.query(Rows.KEPT + "id > ? ORDER BY id LIMIT ?", Rows::kept, after, limit);
    }

    /**
     * Of every file, in the order in which they were stored.
     *
     * @param oldestFirst in the order in which they were last proven instead: the longest ago first
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

    /** The id of the file that was added last; 0 where there is none. */
    public synchronized long lastId() throws DestinationException {
        return database.query("SELECT max(id) FROM files", row -> row.getLong(1))
                .get(0);
    }

    /** The file with that id, which must be one of {@link #ids}. */
    public synchronized Kept with(long id) throws DestinationException {
        return only(Rows.KEPT + "id = ?", Rows::kept, id).orElseThrow();
    }

    /** When photos were taken, by path, of those of which that is known. */
    public synchronized Map<String, LocalDateTime> captureTimes() throws DestinationException {
        Map<String, LocalDateTime> times = new HashMap<>();
        database.query(
                        "SELECT path, captured_local FROM files WHERE captured_local IS NOT NULL",
                        row -> Map.entry(row.getString(1), LocalDateTime.parse(row.getString(2))))
                .forEach(each -> times.put(each.getKey(), each.getValue()));
        return times;
    }

    /** Of what each run stored, and of what only the manifest knows, the first file and the last. */
    public synchronized List<Kept> firstAndLastOfEachRun() throws DestinationException {
        List<Kept> files = new ArrayList<>();
        for (long[] ids : database.query("SELECT min(id), max(id) FROM files GROUP BY first_run", row ->
                new long[] {row.getLong(1), row.getLong(2)})) {
            files.add(with(ids[0]));
            files.add(with(ids[1]));
        }
        return files;
    }

    /** Where the files are that were found well since they were stored. */
    public synchronized Set<String> verified() throws DestinationException {
        return new HashSet<>(database.query(Rows.VERIFIED, row -> row.getString(2)));
    }

    /** When each file was last found well since it was stored, by path. */
    public synchronized Map<String, Instant> verifiedAt() throws DestinationException {
        Map<String, Instant> times = new HashMap<>();
        database.query(Rows.VERIFIED, row -> Map.entry(row.getString(2), Instant.parse(row.getString(1))))
                .forEach(each -> times.put(each.getKey(), each.getValue()));
        return times;
    }

    /** Where the files are that were not as they were stored when they were last looked at, and were not mended since. */
    public synchronized Set<String> damaged() throws DestinationException {
        return new HashSet<>(database.query(Rows.DAMAGED, row -> row.getString(2)));
    }

    /** What is known to be implausible, by path. */
    public synchronized Map<String, Plausibility> implausible() throws DestinationException {
        Map<String, Plausibility> implausible = new HashMap<>();
        database.query(Rows.IMPLAUSIBLE, row -> Map.entry(row.getString(1), Plausibility.valueOf(row.getString(2))))
                .forEach(each -> implausible.put(each.getKey(), each.getValue()));
        return implausible;
    }

    /**
     * The next files at whose bytes nobody looked, in the order in which they were stored.
     *
     * @param after the {@link Kept#id} of the last; 0 to begin
     */
    public synchronized List<Kept> unassessed(long after, int limit) throws DestinationException {
        return database.query(Rows.UNASSESSED, Rows::kept, after, limit);
    }

    private boolean hasDamage() throws DestinationException {
        if (hasDamage.isEmpty()) {
            hasDamage = Optional.of(!damaged().isEmpty());
        }
        return hasDamage.get();
    }

    /** When the file that was not proven for the longest time was: when it was stored or last found well. */
    public synchronized Optional<Instant> leastRecentProof() throws DestinationException {
        return only(
                        "SELECT ifnull(min(" + Rows.PROVEN + "), '') FROM files WHERE damaged_at IS NULL",
                        row -> row.getString(1))
                .filter(time -> !time.isEmpty())
                .map(Instant::parse);
    }

    /** The files of sources that are held by the file at that path, each with when it was taken. */
    public synchronized List<Journal.Entry> origins(String path) throws DestinationException {
        return database.query(Rows.ENTRIES + " WHERE f.path = ? ORDER BY r.role <> f.role", Rows::entry, path);
    }

    /** What is wrong with the file that holds all this; empty where nothing is. */
    public synchronized Optional<String> integrity() throws DestinationException {
        return only("PRAGMA integrity_check(1)", row -> row.getString(1)).filter(words -> !words.equals("ok"));
    }

    /** How many files there are, and their bytes. */
    public synchronized long[] totals() throws DestinationException {
        return only("SELECT count(*), ifnull(sum(max(size, 0)), 0) FROM files", row ->
                        new long[] {row.getLong(1), row.getLong(2)})
                .orElseThrow();
    }

    /** The files of sources with the files that hold them; of one file, what it was first stored as comes first. */
    public synchronized List<Journal.Entry> entries() throws DestinationException {
        return database.query(Rows.ENTRIES + " ORDER BY f.id, r.role <> f.role", Rows::entry);
    }

    /** Everything, as the journal would have it; entries of one file begin with the one that stored it. */
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
        if (hasForgotten()) {
            events.addAll(forgotten.events());
        }
        return events;
    }

    /** Every run, in the order in which they were recorded. */
    public synchronized List<Journal.RunEnded> runs() throws DestinationException {
        return database.query(
                Rows.RUNS,
                row -> new Journal.RunEnded(Rows.run(Rows.source(row, 10), row), row.getString(3), List.of()));
    }

    public synchronized List<BackupStatus> status() throws DestinationException {
        record Source(long id, SourceId source) {}
        List<Source> sources = database.query(
                "SELECT id, kind, key, name FROM sources ORDER BY name, key",
                row -> new Source(row.getLong(1), Rows.source(row, 2)));
        var all = new ArrayList<BackupStatus>();
        for (Source source : sources) {
            String runs = "SELECT " + Rows.RUN_COLUMNS + " FROM runs WHERE source = ?";
            // In the order of recording: a clock that was wrong once would otherwise be the latest for years.
            String latest = " ORDER BY rowid DESC LIMIT 1";
            Database.Row<RunRecord> run = row -> Rows.run(source.source(), row);
            Optional<RunRecord> last = only(runs + latest, run, source.id());
            Optional<RunRecord> complete = only(runs + Rows.COMPLETE + latest, run, source.id());
            long assets = only(
                            "SELECT count(DISTINCT asset) FROM resources WHERE source = ?",
                            row -> row.getLong(1),
                            source.id())
                    .orElse(0L);
            all.add(only(
                            "SELECT count(*), ifnull(sum(max(size, 0)), 0), max(captured_local) FROM files"
                                    + " WHERE id IN (SELECT file FROM resources WHERE source = ?)",
                            row -> new BackupStatus(
                                    source.source(),
                                    last,
                                    complete,
                                    assets,
                                    row.getLong(1),
                                    row.getLong(2),
                                    Optional.ofNullable(row.getString(3)).map(LocalDateTime::parse)),
                            source.id())
                    .orElseThrow());
        }
        return all;
    }

    private <T> Optional<T> only(String sql, Database.Row<T> row, Object... arguments) throws DestinationException {
        return database.query(sql, row, arguments).stream().findFirst();
    }

    @Override
    public synchronized void close() {
        database.close();
    }
}
