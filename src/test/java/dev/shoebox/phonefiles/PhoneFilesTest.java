package dev.shoebox.phonefiles;

import dev.shoebox.TransportUnderTest;
import dev.shoebox.device.Plugged;
import dev.shoebox.device.WaitForPerson;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.Listings;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.MediaStream;
import dev.shoebox.photos.source.PassedOver;
import dev.shoebox.photos.source.Unreadable;
import dev.shoebox.simulator.apps.SimulatedApp;
import dev.shoebox.simulator.library.Libraries;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A phone that serves few apps at once, and one that changes during a read. */
@Tag(TransportUnderTest.TAG)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PhoneFilesTest {
    @TempDir
    private Path folder;

    private Plugged plugIn(int apps) throws IOException {
        Path media = Files.createDirectories(folder.resolve("media/Books"));
        Files.writeString(media.resolve("b.pdf"), "book");
        Plugged plugged = Plugged.in(folder.resolve("media"));
        for (int i = 0; i < apps; i++) {
            Path documents = Files.createDirectories(folder.resolve("app" + i));
            Files.writeString(documents.resolve("a.txt"), "text " + i);
            plugged.phone
                    .apps()
                    .install(SimulatedApp.sharing("org.example.App" + i, "App", Libraries.folder(documents)));
        }
        return plugged;
    }

    private static List<String> read(MediaSource source, Listing listing) throws IOException {
        List<String> ends = new ArrayList<>();
        List<MediaSource.Request> requests = listing.files().stream()
                .map(file -> new MediaSource.Request(file, 0))
                .toList();
        try (MediaStream stream = source.read(requests)) {
            while (ends.size() < requests.size()) {
                MediaStream.Piece piece = stream.next();
                if (piece instanceof MediaStream.Bytes bytes) {
                    bytes.release().run();
                } else {
                    ends.add((piece instanceof Unreadable ? "- " : "+ ") + piece.path());
                }
            }
        }
        return ends;
    }

    @Test
    void manyAppsAreReadOneAfterTheOtherAndNoConnectionIsLeft() throws Exception {
        try (Plugged plugged = plugIn(8);
                PhoneFiles files = PhoneFiles.open(plugged.only(), FileChoice.EVERYTHING, WaitForPerson.NONE)) {
            Listing listing = files.list();
            assertEquals(9, listing.files().size());
            assertTrue(Listings.isComplete(listing));
            assertEquals(
                    9,
                    read(files, listing).stream()
                            .filter(end -> end.startsWith("+"))
                            .count());
            assertEquals(1, plugged.phone.apps().mostAtOnce());
            plugged.phone.apps().awaitNone();
            List<String> places =
                    listing.files().stream().map(files::place).distinct().toList();
            assertEquals(9, places.size(), () -> "apps of one name are told apart: " + places);
        }
    }

    @Test
    void aPhoneThatServesNoMoreAppsStillServesItsBooks() throws Exception {
        try (Plugged plugged = plugIn(1)) {
            for (int i = 0; i < 5; i++) {
                plugged.phone.apps().connected();
            }
            try (PhoneFiles files = PhoneFiles.open(plugged.only(), FileChoice.EVERYTHING, WaitForPerson.NONE)) {
                Listing listing = files.list();
                assertEquals(
                        List.of("Books/b.pdf"),
                        listing.files().stream().map(MediaFile::path).toList());
                assertEquals(
                        List.of("Apps/org.example.App0"),
                        listing.unreadable().stream().map(Unreadable::path).toList());
                assertTrue(Listings.isComplete(listing));
            }
        }
    }

    @Test
    void anAppThatIsDeletedMeanwhileCostsNoOther() throws Exception {
        try (Plugged plugged = plugIn(2);
                PhoneFiles files = PhoneFiles.open(plugged.only(), FileChoice.EVERYTHING, WaitForPerson.NONE)) {
            Listing listing = files.list();
            plugged.phone.apps().refuse("org.example.App0", "ApplicationLookupFailed");
            assertEquals(
                    List.of("+ Books/b.pdf", "- Apps/org.example.App0/a.txt", "+ Apps/org.example.App1/a.txt"),
                    read(files, listing));
        }
    }

    @Test
    void everyFileOfASharedFolderIsCopiedOrSkippedByName() throws Exception {
        Set<String> taken = Set.of(
                "Recordings/note.txt",
                "Recordings/20200101 101010.amr",
                "Books/letter.docx",
                "Books/README",
                "Books/cover.jpg",
                "iTunes_Control/Music/F00/booklet.png",
                "iTunes_Control/Music/F00/booklet.pdf",
                "iTunes_Control/Music/F00/ABCD.aax",
                "iTunes_Control/Music/F01/EFGH.aa",
                "iTunes_Control/Ringtones/ring.txt",
                "Purchases/story.aax");
        Set<String> passedOver = Set.of(
                "Recordings/Recordings.db-wal",
                "Recordings/CloudRecordings.sqlite3",
                "Recordings/.DS_Store",
                "Books/Purchases/Purchases.plist",
                "Books/._Novel.epub",
                "iTunes_Control/Music/F00/._ABCD.mp3",
                "Books/Sync/Artwork/77",
                "Books/Sync/Artwork/cover.jpg",
                "Books/Purchases/iTunesArtwork",
                "Books/MetadataStore/BookMetadataStore.lock",
                "Purchases/mapping.plist",
                "Purchases/StoreFlow.db");
        Path media = folder.resolve("media");
        for (Set<String> files : List.of(taken, passedOver)) {
            for (String path : files) {
                Files.createDirectories(media.resolve(path).getParent());
                Files.writeString(media.resolve(path), path);
            }
        }
        try (Plugged plugged = Plugged.in(media);
                PhoneFiles files = PhoneFiles.open(plugged.only(), FileChoice.EVERYTHING, WaitForPerson.NONE)) {
            Listing listing = files.list();
            assertEquals(taken, listing.files().stream().map(MediaFile::path).collect(Collectors.toSet()));
            assertEquals(
                    passedOver,
                    listing.inventory().named().stream().map(PassedOver::path).collect(Collectors.toSet()));
            assertEquals(taken.size() + passedOver.size(), listing.inventory().found());
            assertTrue(Listings.isComplete(listing));
        }
    }
}
