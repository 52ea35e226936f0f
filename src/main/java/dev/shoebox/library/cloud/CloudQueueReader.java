package dev.shoebox.library.cloud;

import dev.shoebox.library.cloud.CloudQueue.Rejected;
import dev.shoebox.library.database.CloudFile;
import dev.shoebox.library.database.LibraryCopy;
import dev.shoebox.library.database.NoLibraryException;
import dev.shoebox.library.database.PhoneDatabase;
import dev.shoebox.library.database.Row;
import dev.shoebox.library.database.Tables;
import dev.shoebox.library.database.Tables.Table;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.NamedFiles;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;

/**
 * Reads a phone's database of pending uploads to iCloud. Its tables and columns come from queries for iOS 13 to 17 and
 * from names in listings of 18 to 26; a missing one costs only its own fact.
 */
public final class CloudQueueReader {
    /** A second over most cables, in bytes. */
    public static final long SMALL = 20_000_000;

    /** A larger file is not a queue, or takes minutes, in bytes. */
    public static final long LARGE = 2_000_000_000;

    private static final long EPOCH_2001 = 978_307_200;
    private static final long ORIGINAL = 1;
    private static final long MOVIE = 1;
    private static final long TO_ICLOUD = 1;
    private static final int MOST_REJECTED = 10_000;
    private static final int LONGEST_REASON = 200;
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\s]+");

    private static final List<String> TABLES =
            List.of("outgoingResources", "pushRepository", "quarantinedRecords", "idMapping", "scopes");

    private final Path cache;
    private final Instant now;

    /** @param cache a folder for copies of phones' databases; created for the current user only */
    public CloudQueueReader(Path cache, Instant now) {
        this.cache = cache;
        this.now = now;
    }

    /**
     * The result.
     *
     * @param note why there is no queue; absent if there is one, or the source has none
     */
    public record Reading(Optional<CloudQueue> queue, Optional<String> note) {}

    /**
     * Copies the database and reads the copy; not while a stream of the source is open. Never throws.
     *
     * @param largest the maximum size with its log, in bytes; a larger one is not read
     * @param copying receives the size of the database in bytes before it is copied
     * @param stopped polled; returns whether to give up
     */
    public Reading read(MediaSource source, long largest, LongConsumer copying, BooleanSupplier stopped) {
        Optional<NamedFiles> files = NamedFiles.of(source);
        if (files.isEmpty()) {
            return new Reading(Optional.empty(), Optional.empty());
        }
        try {
            Optional<MediaFile> database = files.get().find(CloudFile.QUEUE.path());
            if (database.isEmpty()) {
                return new Reading(Optional.empty(), Optional.empty());
            }
            Optional<MediaFile> log = files.get().find(CloudFile.QUEUE_LOG.path());
            long size = database.get().size() + log.map(MediaFile::size).orElse(0L);
            if (size > largest) {
                return none("it is large (" + size / 1_000_000 + " MB)");
            }
            PhoneDatabase original = PhoneDatabase.queue(largest);
            try (LibraryCopy copy = new LibraryCopy(original, cache, source, files.get(), copying, stopped)) {
                return read(copy, stopped);
            }
        } catch (IOException failed) {
            return none(String.valueOf(failed.getMessage()));
        } catch (RuntimeException | LinkageError | OutOfMemoryError defect) {
            // Nothing on a phone may hide the other facts.
            return none("of an unexpected error (" + defect + ")");
        }
    }

    private Reading read(LibraryCopy copy, BooleanSupplier stopped) throws IOException {
        Path database = copy.complete().database();
        try (Tables tables = Tables.open(database, stopped, TABLES::contains)) {
            return new Reading(Optional.of(queue(tables)), Optional.empty());
        } catch (NoLibraryException unusable) {
            copy.forget();
            throw unusable;
        }
    }

    private static Reading none(String because) {
        return new Reading(
                Optional.empty(), Optional.of("The queue of iCloud Photos was not read, because " + because + "."));
    }

    private static final class Outgoing {
        private long photos;
        private long videos;
        private long bytes;
    }

    private CloudQueue queue(Tables tables) throws NoLibraryException {
        Outgoing outgoing = new Outgoing();
        Optional<Table> resources = tables.find("outgoingResources");
        if (resources.isPresent()) {
            resources.get().scan(List.of("resourceType", "fileKind", "fileUTI", "fileSize"), row -> add(row, outgoing));
        }
        return new CloudQueue(
                outgoing.photos,
                outgoing.videos,
                outgoing.bytes,
                earliest(tables, "pushRepository", "dequeueOrder"),
                latest(tables, "scopes", "lastClearedPush", "scopeIdentifier", CloudQueueReader::isOwnLibrary),
                latest(tables, "idMapping", "addTimestamp", "addDirection", CloudQueueReader::wentToICloud),
                rejected(tables));
    }

    private static void add(Row row, Outgoing outgoing) throws SQLException {
        outgoing.bytes += Math.max(0, Math.min(row.number("fileSize").orElse(0), 1L << 40));
        if (row.number("resourceType").orElse(ORIGINAL) == ORIGINAL) {
            String type = row.text("fileUTI").orElse("").toLowerCase(Locale.ROOT);
            OptionalLong kind = row.number("fileKind");
            boolean film =
                    kind.isPresent() ? kind.getAsLong() == MOVIE : type.contains("movie") || type.contains("mpeg-4");
            outgoing.videos += film ? 1 : 0;
            outgoing.photos += film ? 0 : 1;
        }
    }

    private Optional<Instant> earliest(Tables tables, String name, String column) throws NoLibraryException {
        List<Instant> first = new ArrayList<>(1);
        Optional<Table> table = tables.find(name);
        if (table.isPresent()) {
            table.get().scan(List.of(column), row -> date(row, column)
                    .filter(date -> first.isEmpty() || date.isBefore(first.get(0)))
                    .ifPresent(date -> replace(first, date)));
        }
        return first.stream().findFirst();
    }

    /** Selects rows. */
    private interface Filter {
        boolean counts(Row row) throws SQLException;
    }

    private static boolean wentToICloud(Row row) throws SQLException {
        return row.numberOrZero("addDirection") == TO_ICLOUD;
    }

    /** Excludes the shared library of a family. */
    private static boolean isOwnLibrary(Row row) throws SQLException {
        return row.text("scopeIdentifier")
                .filter(name -> name.startsWith("SharedSync"))
                .isEmpty();
    }

    /** @param other a column used by the filter */
    private Optional<Instant> latest(Tables tables, String name, String column, String other, Filter filter)
            throws NoLibraryException {
        List<Instant> last = new ArrayList<>(1);
        Optional<Table> table = tables.find(name);
        if (table.isPresent() && table.get().has(column)) {
            table.get().scan(List.of(column, other), row -> {
                Optional<Instant> date = date(row, column);
                if (date.isPresent()
                        && filter.counts(row)
                        && (last.isEmpty() || date.get().isAfter(last.get(0)))) {
                    replace(last, date.get());
                }
            });
        }
        return last.stream().findFirst();
    }

    private static void replace(List<Instant> one, Instant date) {
        one.clear();
        one.add(date);
    }

    private List<Rejected> rejected(Tables tables) throws NoLibraryException {
        List<Rejected> rejected = new ArrayList<>();
        Optional<Table> table = tables.find("quarantinedRecords");
        if (table.isPresent()) {
            table.get().scan(List.of("localIdentifier", "quarantineDate", "reason"), row -> {
                if (rejected.size() < MOST_REJECTED) {
                    rejected.add(new Rejected(
                            row.text("localIdentifier")
                                    .map(CloudQueueReader::line)
                                    .orElse(""),
                            date(row, "quarantineDate"),
                            row.text("reason").map(CloudQueueReader::line).orElse("")));
                }
            });
        }
        return rejected;
    }

    /** Removes control characters and line breaks. */
    private static String line(String text) {
        String line = CONTROLS.matcher(text).replaceAll(" ").strip();
        return line.length() > LONGEST_REASON ? line.substring(0, LONGEST_REASON) : line;
    }

    /** Returns a date, stored in seconds since 2001; one before iCloud Photos existed, or in the future, is invalid. */
    private Optional<Instant> date(Row row, String column) throws SQLException {
        return row.real(column).stream()
                .filter(seconds -> seconds > 410_000_000 && seconds < 4e9)
                .mapToObj(seconds -> Instant.ofEpochSecond(EPOCH_2001 + (long) seconds))
                .filter(date -> date.isBefore(now.plusSeconds(86_400)))
                .findFirst();
    }
}
