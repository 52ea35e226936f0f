package dev.shoebox.phonebackup;

import dev.shoebox.library.LibraryReader;
import dev.shoebox.library.PhotosDatabase;
import dev.shoebox.library.PhotosDatabase.Ios;
import dev.shoebox.library.database.LibraryResult;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.LibraryAsset.Trait;
import dev.shoebox.photos.naming.AlbumPath;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import static dev.shoebox.library.PhotosDatabase.asset;
import static dev.shoebox.phonebackup.Backups.jpeg;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The Photos library in a local backup, for each iOS version. */
class BackupLibraryTest {
    private static final String ONE = "DCIM/100APPLE/IMG_0001.JPG";

    @TempDir
    Path folder;

    private LibraryResult read(Path backup) throws Exception {
        try (MediaSource source = PhoneBackup.of(backup).open(Scope.USUAL, Backups.PLAIN)) {
            return new LibraryReader(folder.resolve("cache")).read(source, bytes -> {}, () -> false);
        }
    }

    /** As a phone backs it up: one consistent file that claims to have a log. */
    @ParameterizedTest
    @EnumSource(Ios.class)
    void isReadAsAPhonesIs(Ios ios) throws Exception {
        Path media = folder.resolve("media");
        try (PhotosDatabase database = PhotosDatabase.create(media, ios)) {
            database.album(3, 2, 1, "Oslo");
            database.add(asset(ONE).with("ZFAVORITE", 1).in(3));
            database.checkpoint();
        }
        Files.createDirectories(media.resolve("DCIM/100APPLE"));
        Files.write(media.resolve(ONE), jpeg("one"));
        Path backup = new MadeBackup(folder.resolve("backup")).media(media).write();

        LibraryResult reading = read(backup);

        assertEquals(Optional.empty(), reading.note());
        Library library = reading.library();
        assertTrue(library.at(ONE).orElseThrow().traits().contains(Trait.FAVOURITE));
        assertEquals(
                List.of(AlbumPath.of("Oslo")), library.at(ONE).orElseThrow().albums());
    }

    /** As a program leaves it that copies live files. */
    @Test
    void isReadWithTheLogThatLiesBesideIt() throws Exception {
        Path media = folder.resolve("media");
        Path backup;
        try (PhotosDatabase database = PhotosDatabase.create(media, Ios.IOS_17_6)) {
            database.checkpoint();
            database.add(asset(ONE).with("ZFAVORITE", 1));
            Files.createDirectories(media.resolve("DCIM/100APPLE"));
            Files.write(media.resolve(ONE), jpeg("one"));
            backup = new MadeBackup(folder.resolve("backup")).media(media).write();
        }
        assertTrue(read(backup).library().at(ONE).isPresent());
    }

    @Test
    void aBackupWithoutALibraryIsReportedAsSuch() throws Exception {
        MadeBackup made = new MadeBackup(folder.resolve("backup"));
        made.photo(ONE, jpeg("one"));
        assertTrue(read(made.write()).note().orElseThrow().contains("the backup has none"));
    }
}
