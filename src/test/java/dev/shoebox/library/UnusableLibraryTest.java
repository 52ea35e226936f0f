package dev.shoebox.library;

import dev.shoebox.library.PhotosDatabase.Ios;
import dev.shoebox.library.database.LibraryResult;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.LibraryAsset;
import dev.shoebox.photos.source.Unreadable;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import static dev.shoebox.library.PhotosDatabase.asset;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** An absent, damaged or hostile library gives a reason, and does nothing else. */
class UnusableLibraryTest extends LibraryReaderCase {
    @Test
    void aPhoneWithoutALibraryIsReportedAsSuch() {
        assertNone("the iPhone offers none");
    }

    @Test
    void onlyADatabaseIsCopied() throws Exception {
        write(DATABASE, "GIF89a and so on".repeat(1000).getBytes(UTF_8));
        assertNone("it is not a database");
        assertEquals(List.of(), phone.read);

        phone.opened.clear();
        assertNone("it is not a database");
        assertEquals(List.of(), phone.opened, "once is enough");

        try (PhotosDatabase database = PhotosDatabase.create(Files.createDirectory(media.resolve("new")), Ios.IOS_18)) {
            database.add(asset("DCIM/100APPLE/IMG_0001.JPG"));
        }
        Files.copy(
                media.resolve("new").resolve(DATABASE), media.resolve(DATABASE), StandardCopyOption.REPLACE_EXISTING);
        assertEquals(1, sizeRead());
    }

    @Test
    void unknownTablesAreNoLibrary() throws Exception {
        try (PhotosDatabase database = database()) {
            database.execute("ALTER TABLE ZASSET RENAME TO ZPICTURE");
            assertNone("its tables do not match any known iOS");
        }
    }

    @Test
    void aViewInPlaceOfATableIsNotAsked() throws Exception {
        try (PhotosDatabase database = database()) {
            database.execute("ALTER TABLE ZASSET RENAME TO Z_REAL");
            database.execute("CREATE VIEW ZASSET AS WITH RECURSIVE x(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM x)"
                    + " SELECT n AS Z_PK, 'DCIM' AS ZDIRECTORY, 'A.JPG' AS ZFILENAME FROM x");
            assertNone("its tables do not match any known iOS");
        }
    }

    @Test
    void aRefusalIsReportedInThePhonesWords() throws Exception {
        try (PhotosDatabase database = database()) {
            database.add(asset("DCIM/100APPLE/IMG_0001.JPG"));
        }
        phone.afterRead = path -> {
            throw new dev.shoebox.photos.source.MediaSource.UnreadableException(
                    new Unreadable(path, Unreadable.Reason.DENIED, "The iPhone does not permit reading it (AFC 10)."));
        };
        assertNone("The iPhone does not permit reading it (AFC 10). Photos are found");
    }

    @Test
    void aGarbageLogCostsItsContentAndIsReported() throws Exception {
        try (PhotosDatabase database = database()) {
            database.add(asset("DCIM/100APPLE/IMG_0001.JPG")).checkpoint();
        }
        // A log with valid checksums that replaces the first page of a table with garbage.
        write(LOG, WalForger.logThatReplacesEveryPage(media.resolve(DATABASE)));
        LibraryResult reading = read();
        assertEquals(1, reading.library().size());
        assertTrue(reading.note().orElseThrow().contains("newest changes"), reading.toString());
    }

    @Test
    void pathsThatCannotBeFilesAreLeftOut() throws Exception {
        try (PhotosDatabase database = database()) {
            database.add(
                    asset("DCIM/../../etc/passwd"),
                    asset("DCIM/100APPLE/./A.JPG"),
                    asset("DCIM//A.JPG"),
                    asset("DCIM/100APPLE/" + "x".repeat(5000)),
                    asset("DCIM/100APPLE/A.JPG").with("ZFILENAME", null),
                    asset("/DCIM/100APPLE/IMG_0001.JPG"),
                    asset("DCIM/100APPLE/..IMG_0002.JPG"));
            assertEquals(
                    List.of("DCIM/100APPLE/IMG_0001.JPG", "DCIM/100APPLE/..IMG_0002.JPG"),
                    read().library().assets().stream().map(LibraryAsset::path).toList());
        }
    }

    @Test
    void endlessTextsAreCutOff() throws Exception {
        try (PhotosDatabase database = database()) {
            database.add(asset("DCIM/100APPLE/IMG_0001.JPG")
                    .caption("x".repeat(3_000_000))
                    .attribute("ZTITLE", "t"));
            LibraryAsset read = read().library().assets().get(0);
            assertTrue(read.caption().orElse("").length() <= 8000);
            assertEquals(Optional.of("t"), read.title());
        }
    }

    /** Whichever byte changes, the result is a library or a reason. */
    @Test
    void aDamagedDatabaseIsNeverMoreThanAReason() throws Exception {
        try (PhotosDatabase database = database()) {
            database.album(2, 2, 1, "Album");
            for (int photo = 0; photo < 50; photo++) {
                database.add(consistent(photo).in(2).keyword("word" + photo));
            }
        }
        byte[] sound = Files.readAllBytes(media.resolve(DATABASE));
        Random random = new Random(5);
        int libraries = 0;
        for (int tries = 0; tries < 60; tries++) {
            byte[] damaged = sound.clone();
            for (int changes = 0; changes < 1 + tries; changes++) {
                damaged[random.nextInt(20, damaged.length)] = (byte) random.nextInt();
            }
            write(DATABASE, damaged);
            LibraryResult reading = read();
            assertTrue(reading.library().isThere() || reading.note().isPresent());
            assertFalse(reading.note().orElse("").contains("unexpected"), reading.toString());
            libraries += reading.library().isThere() ? 1 : 0;
        }
        assertTrue(libraries < 60, "no damage was noticed at all");
    }

    @Test
    void aDatabaseOfAGigabyteIsReadInLittleMemory() throws Exception {
        try (PhotosDatabase database = database()) {
            database.add(asset("DCIM/100APPLE/IMG_0001.JPG")).checkpoint();
        }
        try (FileChannel channel = FileChannel.open(media.resolve(DATABASE), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[1]), (1L << 30) - 1);
        }
        List<Long> told = new ArrayList<>();
        LibraryResult reading = new LibraryReader(cache).read(phone, told::add, () -> false);
        assertEquals(1, reading.library().size());
        assertEquals(List.of(1L << 30), told);
    }

    @Test
    void aStopIsObeyed() throws Exception {
        try (PhotosDatabase database = database()) {
            database.add(asset("DCIM/100APPLE/IMG_0001.JPG"));
            LibraryResult reading = new LibraryReader(cache).read(phone, bytes -> {}, () -> true);
            assertEquals(Library.NONE, reading.library());
        }
    }

    @Test
    void aFolderWithoutAPlaceForCopiesIsNoReasonToDoWithout() throws Exception {
        Path file = Files.createFile(home.resolve("file"));
        try (PhotosDatabase database = database()) {
            database.add(asset("DCIM/100APPLE/IMG_0001.JPG"));
            LibraryResult reading = new LibraryReader(file.resolve("shoebox")).read(phone, bytes -> {}, () -> false);
            assertEquals(1, reading.library().size());
        }
    }
}
