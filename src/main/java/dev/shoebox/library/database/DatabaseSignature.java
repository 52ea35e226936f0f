package dev.shoebox.library.database;

import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.NamedFiles;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Identifies a state of a live database without reading it.
 *
 * <p>A copy is consistent if {@link #isSameGeneration} holds from before its first byte to after its last: SQLite
 * writes the database only at a checkpoint, which changes its time, and a restarted write-ahead log has other salts in
 * its first 32 bytes (sqlite.org, "WAL-mode File Format"). Otherwise the log only grows.
 *
 * @param head the first 32 bytes of the log in hexadecimal; fewer if it is shorter, empty if there is none
 */
public record DatabaseSignature(MediaFile database, Optional<MediaFile> log, String head) {
    public static final String DATABASE = "PhotoData/Photos.sqlite";
    private static final String LOG = "-wal";

    private static final int HEAD = 32;

    /** The facts that are known without opening a file. */
    record Listed(MediaFile database, Optional<MediaFile> log) {
        /** @return empty if there is no database */
        static Optional<Listed> of(NamedFiles files, String path) throws IOException {
            Optional<MediaFile> database = files.find(path);
            return database.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Listed(database.get(), files.find(path + LOG)));
        }

        String line() {
            return database.size() + " " + database.modified() + " "
                    + log.map(MediaFile::size).orElse(-1L) + " "
                    + log.map(MediaFile::modified).orElse(Instant.EPOCH);
        }
    }

    /** @return empty if there is no database */
    static Optional<DatabaseSignature> of(MediaSource source, NamedFiles files, String path) throws IOException {
        Optional<Listed> listed = Listed.of(files, path);
        if (listed.isEmpty()) {
            return Optional.empty();
        }
        Optional<MediaFile> log = listed.get().log();
        String head = log.isEmpty() || log.get().size() == 0 ? "" : head(source, log.get());
        return Optional.of(new DatabaseSignature(listed.get().database(), log, head));
    }

    private static String head(MediaSource source, MediaFile log) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(HEAD);
        try (SeekableByteChannel channel = source.open(log)) {
            while (head.hasRemaining() && channel.read(head) >= 0) {
                // A read may return fewer bytes than requested.
            }
        }
        return HexFormat.of().formatHex(head.array(), 0, head.position());
    }

    /** Returns whether a database copied under one signature and a log copied under the other belong together. */
    boolean isSameGeneration(DatabaseSignature other) {
        return database.size() == other.database.size()
                && database.modified().equals(other.database.modified())
                && log.isPresent() == other.log.isPresent()
                && head.equals(other.head);
    }

    /** Returns the signature with the size of the log, on one line. */
    String line() {
        return new Listed(database, log).line() + " " + head;
    }

    /** Returns {@link #line} without the size of the log. */
    String generation() {
        return database.size() + " " + database.modified() + " " + log.isPresent() + " " + head;
    }
}
