package dev.shoebox.library.database;

import dev.shoebox.photos.source.SourceId;
import dev.shoebox.text.Sha256;

/**
 * A database of a phone or a Mac that is copied and read.
 *
 * @param path of the database, whose log has the same name with {@code -wal}
 * @param copies the prefix of the folder of its copies
 * @param largest in bytes; a larger one is not copied
 */
public record PhoneDatabase(String path, String copies, long largest) {
    private static final int NAME_DIGITS = 16;

    public static final PhoneDatabase LIBRARY = new PhoneDatabase(DatabaseSignature.DATABASE, "library", 16L << 30);

    /** The library of a Mac, by its path in the package. */
    public static final PhoneDatabase MAC_LIBRARY = new PhoneDatabase("database/Photos.sqlite", "mac", 16L << 30);

    /** The names of songs, audiobooks and films. */
    public static final PhoneDatabase MUSIC =
            new PhoneDatabase("iTunes_Control/iTunes/MediaLibrary.sqlitedb", "music", 2L << 30);

    /** Returns the queue of iCloud Photos, up to a size. */
    public static PhoneDatabase queue(long largest) {
        return new PhoneDatabase(CloudFile.QUEUE.path(), "icloud", largest);
    }

    /** Returns the name of the folder for copies from one phone, which does not reveal the phone. */
    String folder(SourceId id) {
        return copies + "-" + Sha256.hex(id.id()).substring(0, NAME_DIGITS);
    }

    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
