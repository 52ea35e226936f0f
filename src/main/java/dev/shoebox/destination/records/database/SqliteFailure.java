package dev.shoebox.destination.records.database;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.system.ExhaustedException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

import java.sql.SQLException;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What a failure of SQLite means for the destination. */
final class SqliteFailure {
    private SqliteFailure() {}

    static boolean isDamage(SQLException e) {
        if (e instanceof SQLiteException failure) {
            int code = primary(failure.getResultCode());
            // The last code: the file's blocks do not exist, as a power cut can leave it on exFAT.
            return code == SQLiteErrorCode.SQLITE_CORRUPT.code
                    || code == SQLiteErrorCode.SQLITE_NOTADB.code
                    || failure.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_CORRUPTFS
                    || lacksTable(failure);
        }
        return false;
    }

    /** Whether a table is missing, which a power cut can cause. */
    private static boolean lacksTable(SQLiteException failure) {
        return failure.getResultCode() == SQLiteErrorCode.SQLITE_ERROR
                && String.valueOf(failure.getMessage()).contains("no such table");
    }

    private static int primary(SQLiteErrorCode code) {
        return code.code & 0xFF;
    }

    /**
     * Returns the meaning of a failure for the destination.
     *
     * @param isFull asked whether the disk is full if SQLite does not say why
     */
    static DestinationException lost(SQLException e, BooleanSupplier isFull) {
        if (e instanceof SQLiteException failure) {
            int code = primary(failure.getResultCode());
            // A disk that reports being full only on a force, or cannot create files, returns these two, too.
            boolean unexplained =
                    code == SQLiteErrorCode.SQLITE_IOERR.code || code == SQLiteErrorCode.SQLITE_CANTOPEN.code;
            Optional<ExhaustedException> exhausted = unexplained ? ExhaustedException.now(e) : Optional.empty();
            if (exhausted.isPresent()) {
                return new DestinationException.Lost(exhausted.get().getMessage(), exhausted.get());
            }
            if (code == SQLiteErrorCode.SQLITE_FULL.code || (unexplained && isFull.getAsBoolean())) {
                return DestinationException.full(e);
            }
            if (code == SQLiteErrorCode.SQLITE_CORRUPT.code
                    || code == SQLiteErrorCode.SQLITE_NOTADB.code
                    || lacksTable(failure)) {
                return new DestinationException.Lost(
                        "The catalogue is damaged; no photo is affected. Run the backup again, or 'shoebox "
                                + "rebuild', to rebuild it.",
                        e);
            }
            if (code == SQLiteErrorCode.SQLITE_BUSY.code) {
                return new DestinationException.Lost(
                        "Another program has the catalogue open; close it, then run the command again.", e);
            }
        }
        return new DestinationException.Lost(
                "The catalogue can no longer be used ("
                        + String.valueOf(e.getMessage()).replaceAll("\\p{Cntrl}+", " ")
                        + "). Files already stored are safe; " + DestinationException.CHECK + ", then run "
                        + "the command again.",
                e);
    }
}
