package dev.shoebox.destination.records;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.records.database.Database;

import java.util.List;

/**
 * The tables of the catalogue, and their migration from earlier versions. Used by {@link Catalogue} only, which locks.
 */
final class CatalogueSchema {
    /** Version 1 had no content checks, version 2 no fingerprints, version 3 no forgotten files. */
    private static final int VERSION = 4;

    private static final int KNOWS_FORGOTTEN = 4;

    private final Database database;

    CatalogueSchema(Database database) {
        this.database = database;
    }

    /** Returns whether there are no tables yet. */
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

    /**
     * Returns whether the table of forgotten files exists: not in a catalogue of an earlier version that is only read.
     */
    boolean knowsForgotten() throws DestinationException {
        return database.version() >= KNOWS_FORGOTTEN;
    }
}
