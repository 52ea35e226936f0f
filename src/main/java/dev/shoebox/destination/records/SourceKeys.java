package dev.shoebox.destination.records;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.records.database.Database;
import dev.shoebox.photos.source.SourceId;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The number of each source in the catalogue, cached for the duration of a transaction. */
final class SourceKeys {
    private final Database database;
    private final Map<SourceId, Long> found = new HashMap<>();

    SourceKeys(Database database) {
        this.database = database;
    }

    /** Clears the cache: another transaction may not have these rows. */
    void forget() {
        found.clear();
    }

    Optional<Long> find(SourceId source) throws DestinationException {
        Long known = found.get(source);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Long> key = database
                .query(
                        "SELECT id FROM sources WHERE kind = ? AND key = ?",
                        row -> row.getLong(1),
                        source.kind().name(),
                        source.id())
                .stream()
                .findFirst();
        key.ifPresent(id -> found.put(source, id));
        return key;
    }

    /** Returns the number of a source; adds the source if it is unknown, and updates its name. */
    long put(SourceId source) throws DestinationException {
        Long known = found.get(source);
        if (known != null) {
            return known;
        }
        database.update(
                "INSERT INTO sources(kind, key, name) VALUES(?, ?, ?)"
                        + " ON CONFLICT(kind, key) DO UPDATE SET name = excluded.name",
                source.kind().name(),
                source.id(),
                source.name());
        return find(source).orElseThrow();
    }
}
