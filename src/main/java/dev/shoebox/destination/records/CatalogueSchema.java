package dev.shoebox.destination.records;

import dev.shoebox.destination.disk.DestinationException;

import java.util.List;

/** The tables of the catalogue, and how those of earlier versions become them. Used by {@link Catalogue} alone, which locks. */
final class CatalogueSchema {
    /**
     * Version 1 did not know what the bytes of files look like, version 2 nothing of their fingerprints, version 3 nothing of what
     * was forgotten on purpose.
     */
    private static final int VERSION = 4;

    private static final int KNOWS_FORGOTTEN = 4;

    private final Database database;

    CatalogueSchema(Database database) {
        this.database = database;
    }

    /** Whether there is none yet. */
    boolean isAbsent() throws DestinationException {
        return database.version() == 0;
    }

    boolean isOld() throws DestinationException {
        return !isAbsent() && database.version() < VERSION;
    }

    void migrate() throws DestinationException {
        for (List<String> next : Rows.MIGRATIONS.subList(database.version() - 1, VERSION - 1)) {
            for (String statement : next) {
                database.update(statement);
            }
        }
        database.setVersion(VERSION);
    }

    void create() throws DestinationException {
        for (String statement : Rows.SCHEMA) {
            database.update(statement);
        }
        database.setVersion(VERSION);
    }

    /** A catalogue that an earlier version made, and that is only looked at, has no table of what was forgotten. */
    boolean knowsForgotten() throws DestinationException {
        return database.version() >= KNOWS_FORGOTTEN;
    }
}
