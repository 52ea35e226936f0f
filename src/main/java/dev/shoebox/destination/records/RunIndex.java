package dev.shoebox.destination.records;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.records.database.Database;
import dev.shoebox.history.RunRecord;
import dev.shoebox.history.RunResult;
import dev.shoebox.photos.source.SourceId;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The catalogue's runs, and the status of each source after them. Used by {@link Catalogue} only, which locks. */
final class RunIndex {
    private final Database database;
    private final SourceKeys sources;

    RunIndex(Database database, SourceKeys sources) {
        this.database = database;
        this.sources = sources;
    }

    void add(Journal.RunEnded ended) throws DestinationException {
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

    /** Returns every run, in the order in which they were recorded. */
    List<Journal.RunEnded> all() throws DestinationException {
        return database.query(
                Rows.RUNS,
                row -> new Journal.RunEnded(Rows.run(Rows.source(row, 10), row), row.getString(3), List.of()));
    }

    List<BackupStatus> status() throws DestinationException {
        record Source(long id, SourceId source) {}
        List<Source> sources = database.query(
                "SELECT id, kind, key, name FROM sources ORDER BY name, key",
                row -> new Source(row.getLong(1), Rows.source(row, 2)));
        var all = new ArrayList<BackupStatus>();
        for (Source source : sources) {
            String runs = "SELECT " + Rows.RUN_COLUMNS + " FROM runs WHERE source = ?";
            // In recorded order: otherwise a run with a wrong clock would be the latest for years.
            String latest = " ORDER BY rowid DESC LIMIT 1";
            Database.Row<RunRecord> run = row -> Rows.run(source.source(), row);
            Optional<RunRecord> last = database.first(runs + latest, run, source.id());
            Optional<RunRecord> complete = database.first(runs + Rows.COMPLETE + latest, run, source.id());
            long assets = database.first(
                            "SELECT count(DISTINCT asset) FROM resources WHERE source = ?",
                            row -> row.getLong(1),
                            source.id())
                    .orElse(0L);
            all.add(database.first(
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
}
