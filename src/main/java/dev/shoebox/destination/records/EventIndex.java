package dev.shoebox.destination.records;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Names;
import dev.shoebox.destination.records.database.Database;
import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.fingerprint.Evidence;
import dev.shoebox.photos.fingerprint.Fingerprint;
import dev.shoebox.photos.fingerprint.Proof;
import dev.shoebox.photos.format.Plausibility;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Adds events of the journal to the catalogue, and renames moved files. Used by {@link Catalogue} only, which locks.
 */
final class EventIndex {
    private final Database database;
    private final SourceKeys sources;
    private final ForgottenFiles forgotten;
    private final RunIndex runs;

    /** Whether there are rows of a kind, as far as that was asked. */
    private enum Count {
        UNKNOWN,
        NONE,
        SOME;

        static Count of(boolean some) {
            return some ? SOME : NONE;
        }
    }

    /** Files of sources that were not read. */
    private Count claimed = Count.UNKNOWN;

    EventIndex(Database database, SourceKeys sources, ForgottenFiles forgotten, RunIndex runs) {
        this.database = database;
        this.sources = sources;
        this.forgotten = forgotten;
        this.runs = runs;
    }

    /** Adds an event; the file of an entry must be accepted. */
    void add(Journal.Event event) throws DestinationException {
        if (event instanceof Journal.Entry entry) {
            addEntry(entry);
        } else if (event instanceof Journal.RunEnded ended) {
            runs.add(ended);
        } else if (event instanceof Journal.Verified verified) {
            mark(verified.paths(), "verified_at = ?, damaged_at = NULL", verified.at());
        } else if (event instanceof Journal.Damaged damaged) {
            mark(damaged.paths(), "verified_at = NULL, damaged_at = ?", damaged.at());
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
            // The mark as claimed stays, so that the next run reads them instead of claiming them again.
            database.update(Rows.FORGET_CLAIMED, source, source);
        }
    }

    /** Adds a move if its new path is listed. */
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

    private Optional<Kept> at(String path) throws DestinationException {
        return database.first(Rows.KEPT + "path = ?", Rows::kept, path);
    }

    private void merge(Kept gone, Kept stays) throws DestinationException {
        database.update("UPDATE resources SET file = ? WHERE file = ?", stays.id(), gone.id());
        database.update("DELETE FROM files WHERE id = ?", gone.id());
    }

    /**
     * Renames files to the names under which they were found; within a transaction. Can be repeated. Their last
     * verification must be recorded again.
     */
    void move(List<Journal.Moved> moves) throws DestinationException {
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
            // A file of a source must never be mapped to other bytes.
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
                merge(
                        from,
                        database.first(Rows.KEPT + "id = ?", Rows::kept, stays).orElseThrow());
            }
        }
        for (long id : renamed.keySet()) {
            // Two exchanged files need a third name temporarily.
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

    private void mark(List<String> paths, String columns, Instant at) throws DestinationException {
        for (String path : paths) {
            database.update("UPDATE files SET " + columns + " WHERE path = ?", at.toString(), path);
        }
    }

    private void addEntry(Journal.Entry entry) throws DestinationException {
        // A file that only the manifest listed takes the facts of its first entry.
        int changed = database.update(
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
        if (entry.fresh() && changed == 0) {
            // The file is known. What was found about its earlier bytes says nothing about these.
            database.update("UPDATE files SET verified_at = NULL, damaged_at = NULL WHERE path = ?", entry.path());
        }
        addEvidence(entry);
        database.update(
                "INSERT INTO resources VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT id FROM files WHERE path = ?))"
                        + " ON CONFLICT DO UPDATE SET role = excluded.role, asset = excluded.asset,"
                        + " file = excluded.file",
                Rows.key(
                        sources.put(entry.source()),
                        entry.file(),
                        entry.role().name(),
                        entry.asset(),
                        entry.file().name(),
                        entry.path()));
    }

    /** Adds the evidence of stored bytes that were read once more, if they were. */
    private void addEvidence(Journal.Entry entry) throws DestinationException {
        Evidence evidence = entry.evidence();
        Optional<String> proof = evidence.proof().map(Proof::name);
        if (!entry.fresh()
                && !evidence.isClaim()
                && (proof.isPresent() || evidence.fingerprint().isPresent())) {
            database.update(Rows.PUT_EVIDENCE, evidence.fingerprint().map(Fingerprint::text), proof, entry.path());
        }
        if (evidence.isClaim()) {
            claimed = Count.SOME;
            database.update(Rows.PUT_CLAIM, key(entry));
        } else if (hasClaims()) {
            database.update(Rows.DELETE_CLAIM, key(entry));
        }
    }

    private Object[] key(Journal.Entry entry) throws DestinationException {
        return Rows.key(sources.put(entry.source()), entry.file());
    }

    /** Returns whether any file of a source was not read. */
    boolean hasClaims() throws DestinationException {
        if (claimed == Count.UNKNOWN) {
            claimed = Count.of(
                    database.first("SELECT 1 FROM claimed LIMIT 1", row -> 1).isPresent());
        }
        return claimed == Count.SOME;
    }
}
