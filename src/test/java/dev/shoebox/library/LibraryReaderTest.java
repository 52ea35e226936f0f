package dev.shoebox.library;

import dev.shoebox.library.database.LibraryResult;
import dev.shoebox.photos.Library;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import static dev.shoebox.library.PhotosDatabase.asset;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A library is copied completely or not at all, read again only if it changed, and never costs more than itself. */
class LibraryReaderTest extends LibraryReaderCase {
    @Test
    void rowsInTheLogAloneAreRead() throws Exception {
        try (PhotosDatabase database = database()) {
            database.add(asset("DCIM/100APPLE/IMG_0001.JPG")).checkpoint();
            database.add(asset("DCIM/100APPLE/IMG_0002.JPG"));
            assertTrue(Files.size(media.resolve(LOG)) > 0);
            assertEquals(2, sizeRead());
        }
    }

    @Test
    void aLibraryThatWasLeftCleanlyHasNoLogAndIsRead() throws Exception {
        try (PhotosDatabase database = database()) {
            database.add(asset("DCIM/100APPLE/IMG_0001.JPG"));
        }
        assertFalse(Files.exists(media.resolve(LOG)));
        assertEquals(1, sizeRead());
    }

    @Test
    void anUnchangedLibraryIsNotReadFromThePhoneAgain() throws Exception {
        try (PhotosDatabase database = database()) {
            database.add(asset("DCIM/100APPLE/IMG_0001.JPG"));
            assertEquals(1, sizeRead());
            assertEquals(List.of(DATABASE, LOG), phone.read);
            phone.opened.clear();
            assertEquals(1, sizeRead());
            assertEquals(List.of(DATABASE, LOG), phone.read);
            assertEquals(List.of(), phone.opened, "its sizes and times tell");

            database.add(asset("DCIM/100APPLE/IMG_0002.JPG"));
            assertEquals(2, sizeRead());
            assertEquals(List.of(DATABASE, LOG, LOG), phone.read, "only the log has grown");

            database.checkpoint();
            assertEquals(2, sizeRead());
            assertEquals(List.of(DATABASE, LOG, LOG, DATABASE), phone.read);
        }
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(cache)));
    }

    @Test
    void aCopyDamagedSinceIsReplaced() throws Exception {
        try (PhotosDatabase database = database()) {
            database.add(asset("DCIM/100APPLE/IMG_0001.JPG"));
            assertEquals(1, sizeRead());
            Path copy;
            try (var files = Files.walk(cache)) {
                copy = files.filter(file -> file.endsWith("Photos.sqlite"))
                        .findFirst()
                        .orElseThrow();
            }
            Files.write(copy, new byte[(int) Files.size(copy)]);
            read();
            assertEquals(1, sizeRead());
        }
    }

    @Test
    void aCheckpointBetweenDatabaseAndLogIsNoticed() throws Exception {
        try (PhotosDatabase database = database()) {
            database.add(asset("DCIM/100APPLE/IMG_0001.JPG")).checkpoint();
            database.add(asset("DCIM/100APPLE/IMG_0002.JPG"));
            AtomicBoolean once = new AtomicBoolean();
            phone.afterRead = path -> {
                if (path.equals(DATABASE) && !once.getAndSet(true)) {
                    run(() -> database.checkpoint().add(asset("DCIM/100APPLE/IMG_0003.JPG")));
                }
            };
            assertEquals(3, sizeRead());
            assertEquals(List.of(DATABASE, LOG, DATABASE, LOG), phone.read);
        }
    }

    @Test
    void aFileInPlaceOfTheCopiesDoesNotHideTheLibrary() throws Exception {
        try (PhotosDatabase database = database()) {
            database.add(asset("DCIM/100APPLE/IMG_0001.JPG"));
            assertEquals(1, sizeRead());
            Path copies;
            try (var folders = Files.list(cache)) {
                copies = folders.findFirst().orElseThrow();
            }
            Files.move(copies, home.resolve("moved"));
            Files.createFile(copies);
            assertEquals(1, sizeRead());
        }
    }

    @Test
    void aDatabaseThatNeverHoldsStillIsGivenUp() throws Exception {
        try (PhotosDatabase database = database()) {
            database.add(asset("DCIM/100APPLE/IMG_0001.JPG"));
            AtomicBoolean enough = new AtomicBoolean();
            int[] photos = {1};
            phone.afterRead = path -> {
                run(() -> database.add(asset("DCIM/100APPLE/X" + photos[0]++ + ".JPG"))
                        .checkpoint());
                enough.set(photos[0] > 8);
            };
            LibraryResult reading = new LibraryReader(cache).read(phone, bytes -> {}, enough::get);
            assertEquals(Library.NONE, reading.library());
            assertTrue(reading.note().orElseThrow().contains("kept changing it"), reading.toString());
        }
    }

    /**
     * Each transaction adds a photo about which all tables must agree; a copy must never see half of one. A checkpoint
     * restarts a copy, so each copy meets only a few.
     */
    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.7})
    void concurrentTransactionsAreNeverSeenInPart(double busy) throws Exception {
        Random random = new Random(1);
        AtomicInteger photos = new AtomicInteger();
        AtomicInteger checkpoints = new AtomicInteger();
        try (PhotosDatabase database = database()) {
            // More than is read ahead, so that the end of the database is written while its beginning is already
            // copied.
            database.add(IntStream.range(0, MANY)
                            .mapToObj(LibraryReaderTest::consistent)
                            .toList())
                    .checkpoint();
            photos.set(MANY);
            phone.afterPiece = path -> {
                if (random.nextDouble() < busy) {
                    run(() -> database.add(consistent(photos.getAndIncrement())));
                    if (random.nextInt(4) == 0 && checkpoints.getAndDecrement() > 0) {
                        run(database::checkpoint);
                    }
                }
            };
            int before = 0;
            for (int tries = 0; tries < 6; tries++) {
                checkpoints.set(2);
                Library library = read().library();
                assertConsistent(library);
                assertTrue(library.size() >= before);
                before = library.size();
            }
            assertTrue(photos.get() > MANY, "something was written meanwhile");
            phone.afterPiece = path -> {};
            assertEquals(photos.get(), sizeRead());
        }
        assertConsistent(read().library());
    }
}
