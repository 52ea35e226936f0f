package dev.shoebox.device;

import dev.shoebox.TransportUnderTest;
import dev.shoebox.library.LibraryReader;
import dev.shoebox.library.PhotosDatabase;
import dev.shoebox.library.PhotosDatabase.Ios;
import dev.shoebox.library.database.LibraryResult;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.LibraryAsset;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.simulator.phone.Observed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import static dev.shoebox.library.PhotosDatabase.asset;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A phone's library arrives complete over the cable while the phone writes to it. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag(TransportUnderTest.TAG)
class LibraryOverCableTest {
    @TempDir
    private Path media;

    @TempDir
    private Path cache;

    private PhotosDatabase database;
    private Plugged plugged;

    private static final long BYTES_BETWEEN_PHOTOS = 20_000;
    private static final int FILE_OPEN = 0x0d;

    @BeforeEach
    void plugIn() throws Exception {
        database = PhotosDatabase.create(media, Ios.IOS_26);
        plugged = Plugged.in(media);
    }

    @AfterEach
    void nothingWasWritten() throws Exception {
        plugged.close();
        database.close();
        plugged.phone.observed().await(() -> plugged.phone.observed().liveAfcConnections() == 0);
        assertEquals(0, plugged.phone.observed().writeOperations());
        assertEquals(0, plugged.phone.observed().openHandles());
    }

    private LibraryResult read(MediaSource photos) {
        return new LibraryReader(cache).read(photos, bytes -> {}, () -> false);
    }

    @Test
    void anUnchangedLibraryCostsNextToNothing() throws Exception {
        for (int photo = 0; photo < 200; photo++) {
            database.add(consistent(photo));
        }
        try (MediaSource photos = plugged.photos()) {
            assertEquals(200, read(photos).library().size());
            long sent = plugged.phone.observed().bytesSent();
            assertEquals(200, read(photos).library().size());
            assertTrue(plugged.phone.observed().bytesSent() - sent < 40_000, "but for the head of its log");
            // The connection remains usable.
            assertEquals(0, photos.list().files().size());
        }
    }

    @Test
    void aRefusalIsOneLineAndThePhotosAreStillListed() throws Exception {
        database.add(consistent(0));
        plugged.phone.faults().ghost("PhotoData/Photos.sqlite", 10);
        try (MediaSource photos = plugged.photos()) {
            LibraryResult reading = read(photos);
            assertEquals(Library.NONE, reading.library());
            assertTrue(reading.note().orElseThrow().contains("does not permit reading it"), reading.toString());
            assertEquals(0, photos.list().files().size());
        }
    }

    @Test
    void aLibraryThatIsShorterThanListedButDoesNotChangeIsSoonGivenUp() throws Exception {
        database.add(consistent(0));
        plugged.phone.faults().reportSize("PhotoData/Photos.sqlite", 1_000_000);
        try (MediaSource photos = plugged.photos()) {
            LibraryResult reading = read(photos);
            assertEquals(Library.NONE, reading.library());
            long opened = plugged.phone.observed().requests(FILE_OPEN);
            assertTrue(0 < opened && opened <= 8, "half a minute is for what changes, not " + opened);
        }
    }

    @Test
    void aCableThatIsPulledMeanwhileIsNoDisaster() throws Exception {
        for (int photo = 0; photo < 200; photo++) {
            database.add(consistent(photo));
        }
        try (MediaSource photos = plugged.photos()) {
            plugged.phone.faults().unplugAfter(200_000);
            LibraryResult reading = read(photos);
            assertEquals(Library.NONE, reading.library());
            assertTrue(reading.note().isPresent());
        }
    }

    @Test
    void aWriterThatNeverRestsIsNeverSeenByHalves() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        database.add(consistent(0));
        CompletableFuture<Integer> writer = CompletableFuture.supplyAsync(() -> {
            int photo = 1;
            for (; !done.get(); photo++) {
                write(photo);
                awaitMoreSent(done);
            }
            return photo;
        });
        int accepted = 0;
        try (MediaSource photos = plugged.photos()) {
            for (int tries = 0; tries < 4; tries++) {
                Library library = read(photos).library();
                if (library.isThere()) {
                    accepted++;
                    assertConsistent(library);
                }
            }
            done.set(true);
            photos.list();
            int written = writer.get();
            Library last = read(photos).library();
            assertEquals(written, last.size());
            assertConsistent(last);
        } finally {
            done.set(true);
        }
        assertTrue(accepted > 0, "not one copy in four was accepted");
    }

    /** Takes a photo whenever another piece of the library was sent. */
    private void awaitMoreSent(AtomicBoolean done) {
        Observed observed = plugged.phone.observed();
        long next = observed.bytesSent() + BYTES_BETWEEN_PHOTOS;
        try {
            observed.await(() -> done.get() || observed.bytesSent() >= next);
        } catch (InterruptedException ended) {
            throw new AssertionError(ended);
        }
    }

    private void write(int photo) {
        try {
            database.add(consistent(photo));
            if (photo % 25 == 0) {
                database.checkpoint();
            }
        } catch (SQLException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    private static PhotosDatabase.Row consistent(int number) {
        return asset("DCIM/100APPLE/IMG_%06d.JPG".formatted(number))
                .attribute("ZORIGINALFILENAME", "Name " + number)
                .attribute("ZREVERSELOCATIONDATA", new byte[3000])
                .resource(1, 1, 1, 1000 + number);
    }

    private static void assertConsistent(Library library) {
        for (int number = 0; number < library.size(); number++) {
            LibraryAsset asset =
                    library.at("DCIM/100APPLE/IMG_%06d.JPG".formatted(number)).orElseThrow();
            assertEquals(Optional.of("Name " + number), asset.originalName());
            assertEquals(1000 + number, asset.originals().get(0).bytes().orElseThrow());
        }
    }
}
