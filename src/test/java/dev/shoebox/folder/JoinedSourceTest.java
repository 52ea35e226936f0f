package dev.shoebox.folder;

import dev.shoebox.ReportedCases;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.ListingLimits;
import dev.shoebox.photos.source.Listings;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.MediaSource.Request;
import dev.shoebox.photos.source.NamedFiles;
import dev.shoebox.photos.source.PassedOver;
import dev.shoebox.photos.source.Scope;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.photos.source.Unreadable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class JoinedSourceTest {
    @TempDir
    Path temporary;

    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(temporary.toRealPath().resolve("folder"));
    }

    private static String jpeg(String content) {
        return "\u00ff\u00d8\u00ff\u00e0" + content;
    }

    private Path write(String path, String content) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.write(file, content.getBytes(ISO_8859_1));
    }

    private Path pack(String path, Packing.Format format, Map<String, String> files) throws IOException {
        return write(
                path,
                new String(Packing.packed(format, List.copyOf(new java.util.TreeMap<>(files).entrySet())), ISO_8859_1));
    }

    private Path zip(String path, Map<String, String> files) throws IOException {
        return pack(path, Packing.Format.ZIP, files);
    }

    private static String packed(Packing.Format format, Map<String, String> files) throws IOException {
        return new String(Packing.packed(format, List.copyOf(files.entrySet())), ISO_8859_1);
    }

    private static Set<String> paths(Listing listing) {
        Set<String> paths = new TreeSet<>();
        listing.files().forEach(file -> paths.add(file.path()));
        return paths;
    }

    /** Reads everything, and looks into each file, as the engine does. */
    private static Map<String, String> content(MediaSource source) throws IOException {
        Listing listing = source.list();
        assertTrue(Listings.isComplete(listing), "the account adds up");
        List<Request> requests = new ArrayList<>();
        for (MediaFile file : listing.files()) {
            requests.add(new Request(file, 0));
            try (SeekableByteChannel channel = source.open(file)) {
                ByteBuffer first = ByteBuffer.allocate(1);
                assertEquals(Math.min(1, file.size()), Math.max(0, channel.read(first)), file.path());
            }
        }
        Collections.shuffle(requests, new java.util.Random(7));
        Drained drained = Drained.of(source, requests);
        assertEquals(Map.of(), drained.failed());
        return drained.whole();
    }

    @ParameterizedTest
    @EnumSource
    void theArchivesInAFolderAreReadWithIt(Packing.Format format) throws IOException {
        write("one.jpg", jpeg("1"));
        String extension = format == Packing.Format.TAR_GZ ? "tar.gz" : format == Packing.Format.TAR ? "tar" : "zip";
        pack("deep/a." + extension, format, Map.of("x/a.jpg", jpeg("a")));
        pack("b." + extension, format, Map.of("x/a.jpg", jpeg("b"), "notes.pdf", "%PDF"));
        try (MediaSource source = FolderSource.open(folder)) {
            assertEquals(
                    Map.of(
                            "one.jpg",
                            jpeg("1"),
                            "deep/a." + extension + "/x/a.jpg",
                            jpeg("a"),
                            "b." + extension + "/x/a.jpg",
                            jpeg("b")),
                    content(source));
            assertEquals(new SourceId(SourceId.Kind.FOLDER, folder.toString(), "folder"), source.id());
            assertEquals(source.list(), source.list());
        }
    }

    @Test
    void thePartsOfAnExportAreLaidOverEachOther() throws IOException {
        zip("takeout-20260528T220800Z-3-001.zip", Map.of("Takeout/Google Photos/x/a.jpg.json", "{}"));
        zip("takeout-20260528T220800Z-3-002.zip", Map.of("Takeout/Google Photos/x/a.jpg", jpeg("a")));
        zip("takeout-20250101T000000Z-001.zip", Map.of("Takeout/Google Photos/x/a.jpg", jpeg("b")));
        zip("takeout-20250101T000000Z-001 (1).zip", Map.of("Takeout/Google Photos/x/a.jpg", jpeg("b")));
        try (MediaSource source = FolderSource.open(folder)) {
            assertEquals(
                    Set.of(
                            "takeout-20260528T220800Z/Takeout/Google Photos/x/a.jpg",
                            "takeout-20260528T220800Z/Takeout/Google Photos/x/a.jpg.json",
                            "takeout-20250101T000000Z/Takeout/Google Photos/x/a.jpg",
                            "takeout-20250101T000000Z/Takeout/Google Photos/x/#2/a.jpg"),
                    content(source).keySet());
            List<MediaFile> texts = source.list().inventory().texts();
            assertEquals(
                    List.of("takeout-20260528T220800Z/Takeout/Google Photos/x/a.jpg.json"),
                    texts.stream().map(MediaFile::path).toList());
            try (SeekableByteChannel text = source.open(texts.get(0))) {
                assertEquals(2, text.size());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void anArchiveInAnArchiveIsReadWithIt(Packing.Format inner) throws IOException {
        String extension = inner == Packing.Format.TAR_GZ ? "tgz" : inner == Packing.Format.TAR ? "tar" : "zip";
        zip(
                "outer.zip",
                Map.of("a.jpg", jpeg("a"), "Shared/in." + extension, packed(inner, Map.of("b.jpg", jpeg("b")))));
        Map<String, String> expected = Map.of("a.jpg", jpeg("a"), "Shared/in." + extension + "/b.jpg", jpeg("b"));
        try (MediaSource source = FolderSource.open(folder.resolve("outer.zip"))) {
            assertEquals(expected, content(source));
        }
        try (MediaSource source = FolderSource.open(folder)) {
            assertEquals(2, content(source).size());
        }
    }

    @Test
    void anArchiveThatLiesDeeperIsNamed() throws IOException {
        String third = packed(Packing.Format.ZIP, Map.of("c.jpg", jpeg("c")));
        String second = packed(Packing.Format.ZIP, Map.of("third.zip", third, "b.jpg", jpeg("b")));
        zip("first.zip", Map.of("second.zip", second));
        try (MediaSource source = FolderSource.open(folder.resolve("first.zip"))) {
            assertEquals(Map.of("second.zip/b.jpg", jpeg("b")), content(source));
            assertEquals(
                    List.of("second.zip/third.zip"),
                    source.list().inventory().named().stream()
                            .map(PassedOver::path)
                            .toList());
        }
    }

    @Test
    void anArchiveWithoutPhotosIsPassedOverAsOne() throws IOException {
        write("one.jpg", jpeg("1"));
        zip("code.zip", Map.of("a.c", "int main;", "b.txt", "b"));
        try (MediaSource source = FolderSource.open(folder)) {
            Listing listing = source.list();
            assertTrue(Listings.isComplete(listing));
            assertEquals(Set.of("one.jpg"), paths(listing));
            assertEquals(
                    Map.of(PassedOver.Kind.ARCHIVE, 1L), listing.inventory().counts());
        }
    }

    @Test
    void anArchiveThatCannotBeReadIsNamed() throws IOException {
        write("one.jpg", jpeg("1"));
        write("broken.zip", "no archive at all");
        try (MediaSource source = FolderSource.open(folder)) {
            Listing listing = source.list();
            assertTrue(Listings.isComplete(listing));
            assertEquals(Set.of("one.jpg"), paths(listing));
            assertEquals(
                    List.of("broken.zip"),
                    listing.unreadable().stream().map(Unreadable::path).toList());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.rar", "a.7z", "a.zip.001", "a.tar.gz.aa", "a.part1.rar", "a.tar.bz2"})
    void adviceIsGivenForOtherArchives(String name) throws IOException {
        write("one.jpg", jpeg("1"));
        write(name, "content");
        try (MediaSource source = FolderSource.open(folder)) {
            Listing listing = source.list();
            assertTrue(Listings.isComplete(listing));
            assertEquals(1, listing.inventory().named().size());
            assertTrue(listing.inventory().named().get(0).why().contains("back up"));
        }
        IOException refused = assertThrows(IOException.class, () -> FolderSource.open(folder.resolve(name)));
        assertTrue(refused.getMessage().contains("back up"), refused.getMessage());
    }

    @Test
    void linksAreNamedAndNotFollowed() throws IOException {
        Path linked = ReportedCases.unpack("S4-symlinked", folder).resolve("src");
        try (MediaSource source = FolderSource.open(linked)) {
            Listing listing = source.list();
            assertTrue(Listings.isComplete(listing));
            assertEquals(Set.of("own.jpg"), paths(listing));
            assertEquals(Map.of(PassedOver.Kind.LINK, 2L), listing.inventory().counts());
            assertTrue(listing.inventory().named().get(0).why().contains("--from"));
        }
    }

    @Test
    void aSplitZipIsNotADamagedOne() throws IOException {
        zip("a.zip", Map.of("a.jpg", jpeg("a")));
        write("a.z01", "part");
        IOException refused = assertThrows(IOException.class, () -> FolderSource.open(folder.resolve("a.zip")));
        assertTrue(refused.getMessage().contains("join"), refused.getMessage());
        try (MediaSource source = FolderSource.open(folder)) {
            assertEquals(
                    Map.of(PassedOver.Kind.UNREAD_ARCHIVE, 2L),
                    source.list().inventory().counts());
        }
    }

    @Test
    void anArchiveUnderAnotherNameIsKnownByItsContent() throws IOException {
        Map<String, String> beginnings =
                Map.of("Rar!\u001a\u0007", "RAR", "7z\u00bc\u00af'\u001c", "7z", "BZh9", "bzip2");
        for (Map.Entry<String, String> beginning : beginnings.entrySet()) {
            write("photos.bin", beginning.getKey() + "and more");
            IOException refused =
                    assertThrows(IOException.class, () -> FolderSource.open(folder.resolve("photos.bin")));
            assertTrue(refused.getMessage().contains(beginning.getValue()), refused.getMessage());
        }
    }

    @Test
    void theBackupOfAPhoneIsPassedOverAsOneAndRefusedByItself() throws IOException {
        write("one.jpg", jpeg("1"));
        write("MobileSync/Backup/0123/Manifest.db", "SQLite format 3");
        write("MobileSync/Backup/0123/Info.plist", "<plist/>");
        write("MobileSync/Backup/0123/ab/abcdef0123456789", jpeg("inside"));
        try (MediaSource source = FolderSource.open(folder)) {
            Listing listing = source.list();
            assertTrue(Listings.isComplete(listing));
            assertEquals(Set.of("one.jpg"), paths(listing));
            assertEquals(
                    Map.of(PassedOver.Kind.PHONE_BACKUP, 3L),
                    listing.inventory().counts());
        }
        IOException refused =
                assertThrows(IOException.class, () -> FolderSource.open(folder.resolve("MobileSync/Backup/0123")));
        assertTrue(refused.getMessage().contains("--from"), refused.getMessage());
    }

    @Test
    void pathsNamedTogetherAreOneSourceInAnyOrder() throws IOException {
        Path card = Files.createDirectories(folder.resolve("a/DCIM"));
        Path other = Files.createDirectories(folder.resolve("b/DCIM"));
        write("a/DCIM/IMG_1.jpg", jpeg("a"));
        write("b/DCIM/IMG_1.jpg", jpeg("b"));
        Path archive = zip("c.zip", Map.of("IMG_1.jpg", jpeg("c")));
        try (MediaSource source = FolderSource.open(List.of(card, other, archive), Scope.USUAL);
                MediaSource again = FolderSource.open(List.of(archive, other, card, other), Scope.USUAL)) {
            assertEquals(
                    Map.of(
                            "DCIM/IMG_1.jpg", jpeg("a"),
                            "#2/DCIM/IMG_1.jpg", jpeg("b"),
                            "c.zip/IMG_1.jpg", jpeg("c")),
                    content(source));
            assertEquals(source.id(), again.id());
            assertEquals(source.list(), again.list());
        }
    }

    @Test
    void aFolderInAnotherThatIsNamedIsReadOnce() throws IOException {
        write("a/1.jpg", jpeg("1"));
        try (MediaSource source = FolderSource.open(List.of(folder.resolve("a"), folder), Scope.USUAL);
                MediaSource alone = FolderSource.open(folder)) {
            assertEquals(Map.of("a/1.jpg", jpeg("1")), content(source));
            assertEquals(alone.id(), source.id());
        }
    }

    @Test
    void anArchiveBeyondTheMemoryLimitIsReadOnceAndThenRefused() throws IOException {
        ListingLimits few = new ListingLimits(40, 1 << 20, 8);
        for (int archive = 0; archive < 9; archive++) {
            Map<String, String> files = new java.util.TreeMap<>();
            for (int i = 0; i < 10; i++) {
                files.put(i + ".jpg", jpeg(archive + " " + i));
            }
            zip(archive + ".zip", files);
        }
        try (MediaSource source = FolderSource.open(folder, Scope.USUAL, few)) {
            assertEquals(50, content(source).size());
            assertEquals(4, source.list().unreadable().size());
        }
    }

    @Test
    void anExportIsTheSameSourceWhenAPartIsAdded() throws IOException {
        Path one = zip("takeout-20260528T220800Z-001.zip", Map.of("Takeout/a.jpg", jpeg("a")));
        Path two = zip("takeout-20260528T220800Z-002.zip", Map.of("Takeout/b.jpg", jpeg("b")));
        Path three = zip("takeout-20260528T220800Z-003.zip", Map.of("Takeout/c.jpg", jpeg("c")));
        try (MediaSource first = FolderSource.open(List.of(two, one), Scope.USUAL);
                MediaSource second = FolderSource.open(List.of(three, one, two), Scope.USUAL)) {
            assertEquals(first.id(), second.id());
            assertEquals("takeout-20260528T220800Z", first.id().name());
            assertTrue(paths(second.list()).containsAll(paths(first.list())));
            assertEquals(
                    Set.of("takeout-20260528T220800Z/Takeout/a.jpg", "takeout-20260528T220800Z/Takeout/b.jpg"),
                    content(first).keySet());
        }
    }

    @Test
    void otherThingsAreOtherSources() throws IOException {
        Path one = zip("a.zip", Map.of("a.jpg", jpeg("a")));
        Path two = zip("b.zip", Map.of("b.jpg", jpeg("b")));
        try (MediaSource both = FolderSource.open(List.of(one, two), Scope.USUAL);
                MediaSource alone = FolderSource.open(one)) {
            assertNotEquals(both.id(), alone.id());
            assertEquals(SourceId.Kind.ARCHIVE, both.id().kind());
        }
    }

    @Test
    void aFileIsFoundByItsPathInAFolderThatHoldsArchives() throws IOException {
        write("PhotoData/Photos.sqlite", "SQLite format 3");
        zip("a.zip", Map.of("a.jpg", jpeg("a")));
        try (MediaSource source = FolderSource.open(folder)) {
            source.list();
            NamedFiles named = NamedFiles.of(source).orElseThrow();
            MediaFile database = named.find("PhotoData/Photos.sqlite").orElseThrow();
            assertEquals(
                    Map.of("PhotoData/Photos.sqlite", "SQLite format 3"),
                    Drained.of(source, List.of(new Request(database, 0))).whole());
        }
    }

    @Test
    void aMissingFolderIsReported() throws IOException {
        Path card = Files.createDirectories(folder.resolve("card"));
        write("card/1.jpg", jpeg("1"));
        write("other/2.jpg", jpeg("2"));
        try (MediaSource source = FolderSource.open(List.of(card, folder.resolve("other")), Scope.USUAL)) {
            source.list();
            Files.move(card, folder.resolve("away"));
            assertThrows(IOException.class, () -> source.read(List.of()));
            assertThrows(IOException.class, source::list);
        }
    }
}
