package dev.shoebox.library.database;

import dev.shoebox.photos.source.SourceId;
import dev.shoebox.text.Sha256;

/**
 * A database that a phone keeps, or a Mac, and that is copied from it.
 *
 * @param path of the database, whose log has the same name and {@code -wal}
 * @param copies what the folder of its copies is called, before what tells phones apart
 * @param largest in bytes; a larger one is not copied
 */
public record PhoneDatabase(String path, String copies, long largest) {
    private static final int NAME_DIGITS = 16;

    public static final PhoneDatabase LIBRARY = new PhoneDatabase(DatabaseSignature.DATABASE, "library", 16L << 30);

    /** Of a Mac, by its path in the package that its owner sees as one file. */
    public static final PhoneDatabase MAC_LIBRARY = new PhoneDatabase("database/Photos.sqlite", "mac", 16L << 30);

    /** What songs, audiobooks and films are called. */
    public static final PhoneDatabase MUSIC =
            new PhoneDatabase("iTunes_Control/iTunes/MediaLibrary.sqlitedb", "music", 2L << 30);

    /** The queue of iCloud Photos, if it is no larger than this. */
    public static PhoneDatabase queue(long largest) {
        return new PhoneDatabase(CloudFile.QUEUE.path(), "icloud", largest);
    }

    /** The folder for copies from one phone, whose name does not tell which phone it is. */
    String folder(SourceId id) {
        return copies + "-" + Sha256.hex(id.id()).substring(0, NAME_DIGITS);
    }

    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
