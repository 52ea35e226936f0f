package dev.shoebox.web;

import dev.shoebox.cli.Shell;
import dev.shoebox.coverage.AssetCoverage;
import dev.shoebox.coverage.Coverage;
import dev.shoebox.folder.FolderSource;
import dev.shoebox.library.PhotosDatabase;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.Scope;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.web.index.Flag;
import dev.shoebox.web.index.PageEntry;
import dev.shoebox.web.index.PhotoIndex;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The photos of a phone and of a backup, merged: each photo once, and none in place of another. */
class PhotoListTest {
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final String PHOTO = "DCIM/100APPLE/IMG_0001.JPG";
    private static final String EDIT = "PhotoData/Mutations/DCIM/100APPLE/IMG_0001/Adjustments/FullSizeRender.jpg";

    @TempDir
    private Path folder;

    private final PhotoList list = new PhotoList(ZoneOffset.UTC);
    private final List<AssetCoverage> covered = new ArrayList<>();
    private Path root;
    private Shell shell;

    @BeforeEach
    void open() {
        root = folder.resolve("Backup");
        shell = new Shell(folder.resolve("home"));
    }

    private Path phone(String name) throws IOException {
        Path phone = folder.resolve(name);
        write(phone.resolve(PHOTO), SamplePage.paint(name.hashCode(), 64), NOW);
        return phone;
    }

    private static void write(Path file, byte[] bytes, Instant modified) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
        Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.from(modified));
    }

    private void backUp(Path phone) {
        shell.shoebox("backup", "--from", phone, root);
    }

    private SourceId look(Path phone) throws IOException {
        try (MediaSource source = FolderSource.open(phone)) {
            Listing listing = Scope.USUAL.of(source.list());
            covered.clear();
            covered.addAll(Coverage.of(listing, Library.NONE));
            return source.id();
        }
    }

    private PhotoList.Built built(Optional<SourceId> phone) throws IOException {
        try (BackupContents contents = contents(phone)) {
            return list.build(phone.map(SourceId::id).orElse(""), phone.isPresent() ? covered : List.of(), contents);
        }
    }

    private BackupContents contents(Optional<SourceId> phone) throws IOException {
        if (!Files.exists(root)) {
            return BackupContents.none(NOW);
        }
        return phone.isPresent() ? BackupContents.of(root, phone.get(), NOW) : BackupContents.of(root, NOW);
    }

    private static PageEntry only(PhotoList.Built built) {
        assertEquals(1, built.index().size());
        return built.index().entries().get(0);
    }

    private static boolean is(PageEntry entry, Flag flag) {
        return (entry.flags() & flag.bit()) != 0;
    }

    @Test
    void photosOfTwoPhonesThatAreCalledTheSameAreTwo() throws IOException {
        backUp(phone("one"));
        backUp(phone("two"));
        assertEquals(2, built(Optional.empty()).index().size());
        assertEquals(2, built(Optional.of(look(folder.resolve("one")))).index().size());
    }

    @Test
    void aPhotoOfAnotherPhoneHasAnotherNumber() throws IOException {
        int first = only(built(Optional.of(look(phone("one"))))).id();
        int other = only(built(Optional.of(look(phone("two"))))).id();
        assertNotEquals(first, other);
        assertEquals(
                first, only(built(Optional.of(look(folder.resolve("one"))))).id());
    }

    @Test
    void aPhotoInPlaceOfAnotherNeverHidesIt() throws IOException {
        Path phone = phone("one");
        backUp(phone);
        write(phone.resolve(PHOTO), SamplePage.paint(99, 80), NOW.plusSeconds(86_400));
        backUp(phone);
        assertEquals(2, built(Optional.empty()).index().size());
        assertEquals(2, built(Optional.of(look(phone))).index().size());
    }

    @Test
    void hiddenPhotosStayApartWithoutThePhone() throws Exception {
        Path phone = phone("one");
        try (PhotosDatabase library = PhotosDatabase.create(phone, PhotosDatabase.Ios.IOS_17_6)) {
            library.add(PhotosDatabase.asset(PHOTO).with("ZHIDDEN", 1).with("ZFAVORITE", 1));
            library.checkpoint();
        }
        backUp(phone);
        PageEntry kept = only(built(Optional.empty()));
        assertTrue(is(kept, Flag.HIDDEN));
        assertTrue(is(kept, Flag.FAVOURITE));
    }

    @Test
    void aNewEditReplacesTheEarlierOneInView() throws IOException {
        Path phone = phone("one");
        write(phone.resolve(EDIT), SamplePage.paint(5, 64), NOW.plusSeconds(10));
        backUp(phone);
        PageEntry first = only(built(Optional.of(look(phone))));
        assertTrue(is(first, Flag.BACKED_UP));
        write(phone.resolve(EDIT), SamplePage.paint(6, 80), NOW.plusSeconds(20));
        PhotoList.Built edited = built(Optional.of(look(phone)));
        // The edit in the backup differs from the one on the phone, and a browser caches pictures by their number.
        assertEquals(Optional.empty(), shownEdit(edited));
        assertNotEquals(first.id(), only(edited).id());
        backUp(phone);
        String newest = newestEdit();
        PhotoList.Built after = built(Optional.of(look(phone)));
        assertEquals(Optional.of(newest), shownEdit(after));
        assertEquals(2, after.photos().get(only(after).id()).stored().size());
        assertEquals(Optional.of(newest), shownEdit(built(Optional.empty())));
    }

    private static Optional<String> shownEdit(PhotoList.Built built) {
        PagePhoto photo = built.photos().get(only(built).id());
        return photo.inBackup(List.of(Role.FULL_SIZE_PHOTO)).map(file -> file.path());
    }

    private String newestEdit() throws IOException {
        byte[] edit = Files.readAllBytes(folder.resolve("one").resolve(EDIT));
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".jpg")).toList()) {
                if (java.util.Arrays.equals(edit, Files.readAllBytes(file))) {
                    return root.relativize(file).toString();
                }
            }
        }
        throw new AssertionError("the edit was not saved");
    }

    @Test
    void aFileThatIsGoneFromTheBackupIsNotCalledWellWithoutThePhone() throws IOException {
        backUp(phone("one"));
        PageEntry well = only(built(Optional.empty()));
        assertTrue(!is(well, Flag.DAMAGED));
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".JPG")).toList()) {
                Files.delete(file);
            }
        }
        PageEntry gone = only(built(Optional.empty()));
        assertTrue(is(gone, Flag.DAMAGED));
        assertTrue(!is(gone, Flag.BACKED_UP));
    }

    /** Otherwise it would be offered for ever, before photos that can still be saved. */
    @Test
    void aPhotoBrokenOnThePhoneIsSavedAsItIsAndNotOfferedAgain() throws IOException {
        Path phone = folder.resolve("one");
        write(phone.resolve(PHOTO), new byte[50_000], NOW);
        PageEntry before = only(built(Optional.of(look(phone))));
        assertTrue(PhotoIndex.isUnsaved(before));
        backUp(phone);
        PageEntry after = only(built(Optional.of(look(phone))));
        assertTrue(is(after, Flag.BROKEN));
        assertTrue(!is(after, Flag.BACKED_UP));
        assertTrue(!PhotoIndex.isUnsaved(after));
        PageEntry kept = only(built(Optional.empty()));
        assertTrue(is(kept, Flag.BROKEN));
        assertTrue(!is(kept, Flag.BACKED_UP));
    }

    /** If the photo itself has no date, the page does not say that it has. */
    @Test
    void theOriginOfTheDateIsNamed() throws IOException {
        Path phone = folder.resolve("one");
        Map<String, String> tellers = Map.of(
                "IMG_0001.JPG",
                "file",
                "IMG_20200102_030405.JPG",
                "name",
                "Screenshot 2020-01-02 at 03.04.05.png",
                "name");
        for (String name : tellers.keySet()) {
            write(phone.resolve("DCIM/100APPLE").resolve(name), SamplePage.paint(name.hashCode(), 64), NOW);
        }
        backUp(phone);
        PhotoList.Built built = built(Optional.empty());
        try (BackupContents contents = BackupContents.of(root, NOW)) {
            PhotoFacts facts = new PhotoFacts(() -> new PhotoPictures.Now(built.photos(), contents, Optional.empty()));
            for (PageEntry entry : built.index().entries()) {
                assertEquals(tellers.get(entry.name()), facts.of(entry).get("takenBy"), entry.name());
            }
        }
    }
}
