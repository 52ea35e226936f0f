package dev.shoebox.library;

import dev.shoebox.library.PhotosDatabase.Ios;
import dev.shoebox.library.database.LibraryResult;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.LibraryAsset;
import dev.shoebox.photos.LibraryAsset.Upload;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;

import static dev.shoebox.library.PhotosDatabase.asset;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A phone with a Photos library to copy and read. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class LibraryReaderCase {
    static final String DATABASE = "PhotoData/Photos.sqlite";
    static final String LOG = "PhotoData/Photos.sqlite-wal";

    @TempDir
    Path media;

    @TempDir
    Path home;

    Path cache;
    WatchedPhone phone;

    @BeforeEach
    void open() throws IOException {
        phone = new WatchedPhone(media);
        cache = home.resolve("cache/shoebox");
    }

    @AfterEach
    void close() {
        phone.close();
    }

    LibraryResult read() {
        return new LibraryReader(cache).read(phone, bytes -> {}, () -> false);
    }

    int sizeRead() {
        LibraryResult reading = read();
        assertEquals(Optional.empty(), reading.note());
        return reading.library().size();
    }

    void assertNone(String because) {
        LibraryResult reading = read();
        assertEquals(Library.NONE, reading.library());
        String note = reading.note().orElseThrow();
        assertTrue(note.contains(because), note);
        assertEquals(1, note.lines().count());
    }

    PhotosDatabase database() throws IOException, SQLException {
        return PhotosDatabase.create(media, Ios.IOS_18);
    }

    interface Statement {
        void run() throws SQLException;
    }

    static void run(Statement statement) {
        try {
            statement.run();
        } catch (SQLException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    static final int MANY = 2000;

    static PhotosDatabase.Row consistent(int number) {
        return asset("DCIM/100APPLE/IMG_%06d.JPG".formatted(number))
                .attribute("ZORIGINALFILENAME", "IMG_%06d.JPG".formatted(number))
                .attribute("ZREVERSELOCATIONDATA", new byte[3000])
                .caption("Caption " + number)
                .resource(1, 1, 1, 1000 + number)
                .master(3);
    }

    static void assertConsistent(Library library) {
        assertEquals(
                library.size(),
                library.assets().stream().map(LibraryAsset::path).distinct().count());
        for (int number = 0; number < library.size(); number++) {
            String name = "IMG_%06d.JPG".formatted(number);
            LibraryAsset asset = library.at("DCIM/100APPLE/" + name).orElseThrow();
            assertEquals(Optional.of(name), asset.originalName());
            assertEquals(Optional.of("Caption " + number), asset.caption());
            assertEquals(1000 + number, asset.originals().get(0).bytes().orElseThrow());
            assertEquals(Upload.UPLOADED, asset.upload());
        }
    }

    void write(String path, byte[] content) throws IOException {
        Files.createDirectories(media.resolve(path).getParent());
        Files.write(media.resolve(path), content);
    }
}
