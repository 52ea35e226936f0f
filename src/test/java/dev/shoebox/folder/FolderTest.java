package dev.shoebox.folder;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.sorting.AssetGrouping;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.MediaSource.Request;
import dev.shoebox.photos.source.MediaSource.UnreadableException;
import dev.shoebox.photos.source.NamedFiles;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.photos.source.Unreadable.Reason;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class FolderTest extends FolderCase {
    @Test
    void everyPhotoAtAnyDepthIsListedInOrderWithItsSizeAndTime() throws IOException {
        write("b/IMG_2.MOV", "22");
        write("a/deep/er/still/IMG_1.heic", "1");
        write("IMG_0.jpg", "");
        write("a/z.AAE", "note");

        try (MediaSource source = FolderSource.open(root)) {
            assertEquals(List.of("IMG_0.jpg", "a/z.AAE", "a/deep/er/still/IMG_1.heic", "b/IMG_2.MOV"), paths(source));
            MediaFile film = Drained.file(source, "b/IMG_2.MOV");
            assertEquals(2, film.size());
            assertEquals(JUNE.toEpochMilli(), film.modified().toEpochMilli());
            assertEquals(
                    new SourceId(
                            SourceId.Kind.FOLDER,
                            root.toRealPath().toString(),
                            root.getFileName().toString()),
                    source.id());
        }
    }

    @Test
    void filesThatAreNotPhotosAreNotListed() throws IOException {
        for (String path : List.of(
                "notes.txt",
                ".hidden.jpg",
                "._IMG_1.jpg",
                ".shoebox/a.jpg",
                ".thumbnails/a.jpg",
                "x/@eaDir/a.jpg",
                "$RECYCLE.BIN/a.jpg",
                "System Volume Information/a.jpg",
                "PhotoData/Thumbnails/V2/5003.JPG",
                "phone/PhotoData/Metadata/a.JPG",
                "info.plist")) {
            write(path, "no");
        }
        write("PhotoData/CPLAssets/group1/A.JPG", "yes");
        write("Thumbnails/a.jpg", "yes");

        try (MediaSource source = FolderSource.open(root)) {
            assertEquals(List.of("PhotoData/CPLAssets/group1/A.JPG", "Thumbnails/a.jpg"), paths(source));
        }
    }

    @Test
    void theOldCopyOfAPhoneGroupsAsThePhoneDoes() throws IOException {
        write("old phone/DCIM/100APPLE/IMG_0001.HEIC", "still");
        write("old phone/DCIM/100APPLE/IMG_0001.MOV", "moving");
        write("old phone/PhotoData/Mutations/DCIM/100APPLE/IMG_0001/Adjustments/FullSizeRender.jpg", "edit");
        write("old phone/PhotoData/Mutations/DCIM/100APPLE/IMG_0001/Adjustments/Adjustments.plist", "what");

        try (MediaSource source = FolderSource.open(root)) {
            List<Asset> assets = AssetGrouping.group(source.list().files());
            assertEquals(1, assets.size());
            assertEquals("old phone/DCIM/100APPLE/IMG_0001", assets.get(0).key());
            assertEquals(4, assets.get(0).resources().size());
        }
    }

    @Test
    void symbolicLinksAreNotFollowed() throws IOException {
        write("real/a.jpg", "a");
        Files.createSymbolicLink(root.resolve("real/link.jpg"), root.resolve("real/a.jpg"));
        Files.createSymbolicLink(root.resolve("real/circle"), root);

        try (MediaSource source = FolderSource.open(root)) {
            assertEquals(List.of("real/a.jpg"), paths(source));
        }
    }

    @Test
    void anUnreadableFolderOrFileDoesNotEndTheRun() throws IOException {
        assumeFalse("root".equals(System.getProperty("user.name")), "root may read everything");
        write("locked/a.jpg", "a");
        write("open/b.jpg", "b");
        Path file = write("open/c.jpg", "c");
        Files.setPosixFilePermissions(root.resolve("locked"), PosixFilePermissions.fromString("---------"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        try (MediaSource source = FolderSource.open(root)) {
            Drained drained = Drained.all(source);
            assertEquals(Map.of("open/b.jpg", "b"), drained.whole());
            assertEquals(Map.of("locked", Reason.DENIED, "open/c.jpg", Reason.DENIED), drained.failed());
        } finally {
            Files.setPosixFilePermissions(root.resolve("locked"), PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void aFolderThatIsGoneEndsTheRunWithOneClearLine() throws IOException {
        Path disk = Files.createDirectories(root.resolve("disk"));
        for (int i = 0; i < 3; i++) {
            write("disk/" + i + ".jpg", "content");
        }
        try (MediaSource source = FolderSource.open(disk)) {
            List<Request> requests = source.list().files().stream()
                    .map(file -> new Request(file, 0))
                    .toList();
            Files.move(disk, root.resolve("elsewhere"));
            for (boolean mountPointStays : new boolean[] {false, true}) {
                if (mountPointStays) {
                    Files.createDirectory(disk);
                }
                IOException listing = assertThrows(IOException.class, source::list);
                IOException reading = assertThrows(IOException.class, () -> Drained.of(source, requests));
                IOException opening = assertThrows(
                        IOException.class, () -> source.open(requests.get(0).file()));
                for (IOException failure : List.of(listing, reading, opening)) {
                    assertFalse(failure instanceof UnreadableException);
                    assertTrue(
                            failure.getMessage().contains(root.resolve("disk").toString()), failure.getMessage());
                    assertFalse(failure.getMessage().contains("\n"));
                }
            }
        }
    }

    @Test
    void namesThatAreNotTextStayApartAndAreFoundAgain() throws IOException {
        String base = root.toRealPath().toUri().getRawPath();
        List<String> encoded =
                List.of("caf%E9.jpg", "caf%E8.jpg", "caf%C3%A9.jpg", "%5CxE9.jpg", "a%5Cb.jpg", "100%25%20%23.jpg");
        for (String name : encoded) {
            Files.writeString(Path.of(URI.create("file://" + base + name)), name);
        }
        assumeTrue(
                Files.exists(root.resolve("café.jpg")),
                "needs a UTF-8 locale, as scripts/shoebox sets: LC_ALL=C.UTF-8");
        try (MediaSource source = FolderSource.open(root)) {
            assertEquals(
                    Map.of(
                            "caf\\xE9.jpg", "caf%E9.jpg",
                            "caf\\xE8.jpg", "caf%E8.jpg",
                            "café.jpg", "caf%C3%A9.jpg",
                            "\\x5CxE9.jpg", "%5CxE9.jpg",
                            "a\\b.jpg", "a%5Cb.jpg",
                            "100% #.jpg", "100%25%20%23.jpg"),
                    Drained.all(source).whole());
        }
    }

    @Test
    void anInvalidSourceIsRefusedInOneLine() throws IOException {
        write("photo.jpg", "not an archive, and longer than a header of one".repeat(30));
        for (String path : List.of("absent", "photo.jpg")) {
            IOException refused = assertThrows(IOException.class, () -> FolderSource.open(root.resolve(path)));
            assertTrue(refused.getMessage().contains(path), refused.getMessage());
            assertFalse(refused.getMessage().contains("\n"));
        }
    }

    @Test
    void aFolderOfAnotherFileSystemIsReadAlike() throws IOException {
        for (Configuration configuration :
                List.of(Configuration.unix(), Configuration.windows(), Configuration.osX())) {
            try (var memory = Jimfs.newFileSystem(configuration)) {
                Path top = memory.getRootDirectories().iterator().next().resolve("photos");
                Files.createDirectories(top.resolve("a").resolve("b"));
                Files.writeString(top.resolve("a").resolve("b").resolve("IMG_1.JPG"), "one");
                try (MediaSource source = FolderSource.open(top)) {
                    assertEquals(
                            Map.of("a/b/IMG_1.JPG", "one"), Drained.all(source).whole());
                    assertEquals("photos", source.id().name());
                }
            }
        }
    }

    @Test
    void aFileThatIsNoPhotoIsFoundByItsPathButNotThroughALink() throws IOException {
        write("PhotoData/Photos.sqlite", "database");
        write("elsewhere/secret", "secret");
        Files.createSymbolicLink(root.resolve("PhotoData/link"), root.resolve("elsewhere/secret"));
        Files.createSymbolicLink(root.resolve("way"), root.resolve("elsewhere"));

        try (MediaSource source = FolderSource.open(root)) {
            NamedFiles files = NamedFiles.of(source).orElseThrow();
            MediaFile found = files.find("PhotoData/Photos.sqlite").orElseThrow();
            assertEquals(8, found.size());
            assertEquals(JUNE, found.modified());
            try (SeekableByteChannel channel = source.open(found)) {
                assertEquals(8, channel.read(ByteBuffer.allocate(32)));
            }
            for (String path : List.of("PhotoData", "PhotoData/link", "way/secret", "PhotoData/Photos.sqlite-wal")) {
                assertEquals(Optional.empty(), files.find(path), path);
            }
        }
    }
}
