package dev.shoebox.destination.records;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.photos.source.SourceId;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Under which number the catalogue has each source; one that was asked for is remembered for as long as a transaction lasts. */
final class SourceKeys {
    private final Database database;
    private final Map<SourceId, Long> found = new HashMap<>();

    SourceKeys(Database database) {
        this.database = database;
    }

    /** Another transaction may not have what this one had. */
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

    /** The number of a source that is put in where it is unknown, and called as it calls itself now. */
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
