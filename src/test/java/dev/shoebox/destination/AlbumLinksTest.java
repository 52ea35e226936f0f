package dev.shoebox.destination;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Feature;
import com.google.common.jimfs.Jimfs;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.PathDisk;
import dev.shoebox.photos.naming.AlbumPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Links of albums come and go; what a user made stays. */
class AlbumLinksTest {
    private static final AlbumPath OSLO = AlbumPath.of("Oslo");

    @TempDir
    private Path folder;

    private static void photos(Path root, String... names) throws IOException {
        for (String name : names) {
            Files.createDirectories(root.resolve(name).getParent());
            Files.writeString(root.resolve(name), name);
        }
    }

    @Test
    void onlyALinkThatWasMadeHereGoesWithItsPhoto() throws IOException {
        photos(folder, "2024/a.jpg", "2024/b.jpg", "2025/a.jpg");
        AlbumLinks links = AlbumLinks.within(new PathDisk(folder), "albums");
        Path oslo = folder.resolve("albums/Oslo");
        assertEquals(
                AlbumLinks.Kind.SYMBOLIC_LINKS, links.make(OSLO, List.of("2024/a.jpg", "2024/b.jpg", "2025/a.jpg")));
        assertEquals("2025/a.jpg", Files.readString(oslo.resolve("a-2.jpg")));
        Files.createSymbolicLink(oslo.resolve("mine.jpg"), Path.of("../../2024/b.jpg"));

        links.make(OSLO, List.of("2025/a.jpg"));
        assertFalse(Files.exists(oslo.resolve("b.jpg"), LinkOption.NOFOLLOW_LINKS));
        assertEquals("2025/a.jpg", Files.readString(oslo.resolve("a.jpg")));
        assertTrue(Files.isSymbolicLink(oslo.resolve("mine.jpg")));
        assertTrue(Files.exists(folder.resolve("2024/b.jpg")));
    }

    @Test
    void aListOfAPersonIsNotOverwritten() throws IOException {
        try (FileSystem drive = Jimfs.newFileSystem(Configuration.unix().toBuilder()
                .setSupportedFeatures(Feature.FILE_CHANNEL)
                .build())) {
            Path root = Files.createDirectories(drive.getPath("/backup"));
            photos(root, "2024/a.jpg", "2024/b.jpg");
            Path oslo = Files.createDirectories(root.resolve("albums/Oslo"));
            Files.writeString(oslo.resolve("photos.txt"), "my notes");
            AlbumLinks links = AlbumLinks.within(new PathDisk(root), "albums");
            assertEquals(AlbumLinks.Kind.LIST, links.make(OSLO, List.of("2024/a.jpg")));
            assertEquals("my notes", Files.readString(oslo.resolve("photos.txt")));
            assertEquals("2024/a.jpg\n", Files.readString(oslo.resolve("photos-2.txt")));

            links.make(OSLO, List.of("2024/a.jpg", "2024/b.jpg"));
            assertEquals("2024/a.jpg\n2024/b.jpg\n", Files.readString(oslo.resolve("photos-2.txt")));
            Files.writeString(oslo.resolve("photos-2.txt"), "and my second note");
            links.make(OSLO, List.of("2024/b.jpg"));
            assertEquals("and my second note", Files.readString(oslo.resolve("photos-2.txt")));
            assertEquals("2024/b.jpg\n", Files.readString(oslo.resolve("photos-3.txt")));
        }
    }

    @Test
    void aLinkThatAPersonMadeServesAndStaysTheirs() throws IOException {
        photos(folder, "2024/a.jpg", "2024/b.jpg");
        Path own = Files.createDirectories(folder.resolve("albums/Oslo")).resolve("a.jpg");
        Files.createSymbolicLink(own, Path.of("../../2024/a.jpg"));
        AlbumLinks links = AlbumLinks.within(new PathDisk(folder), "albums");
        links.make(OSLO, List.of("2024/a.jpg"));
        assertFalse(Files.exists(own.resolveSibling("a-2.jpg"), LinkOption.NOFOLLOW_LINKS));
        links.make(OSLO, List.of("2024/b.jpg"));
        assertTrue(Files.isSymbolicLink(own));
    }

    @Test
    void aLinkInPlaceOfAFolderLeadsNothingOut() throws IOException {
        photos(folder, "backup/2024/a.jpg");
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Files.createSymbolicLink(folder.resolve("backup/albums"), elsewhere);
        AlbumLinks links = AlbumLinks.within(new PathDisk(folder.resolve("backup")), "albums");
        assertThrows(DestinationException.class, () -> links.make(OSLO, List.of("2024/a.jpg")));
        try (var outside = Files.list(elsewhere)) {
            assertEquals(List.of(), outside.toList());
        }
    }

    @Test
    void titlesBecomeNamesThatEveryDiskCanHold() throws IOException {
        photos(folder, "2024/a.jpg");
        AlbumLinks links = AlbumLinks.within(new PathDisk(folder), "albums");
        links.make(AlbumPath.of("..", "CON", "e\u0301\u202E"), List.of("2024/a.jpg"));
        assertEquals("2024/a.jpg", Files.readString(folder.resolve("albums/__/CON_/\u00e9_/a.jpg")));
    }

    @Test
    void aRecordThatWasChangedRemovesNothingElsewhere() throws IOException {
        photos(folder, "2024/a.jpg", "2024/b.jpg");
        AlbumLinks links = AlbumLinks.within(new PathDisk(folder), "albums");
        links.make(OSLO, List.of("2024/a.jpg"));
        Path record = folder.resolve("albums/Oslo/.shoebox-links.json");
        String digest = AlbumRecord.digest("2024/b.jpg".getBytes(StandardCharsets.UTF_8));
        Files.writeString(record, "{\"../../2024/b.jpg\":\"" + digest + "\"}\n");
        links.make(OSLO, List.of());
        assertTrue(Files.exists(folder.resolve("2024/b.jpg")));
    }

    @Test
    void whereThereAreNoSymbolicLinksPhotosGetASecondNameOnce() throws IOException {
        try (FileSystem drive = Jimfs.newFileSystem(Configuration.unix().toBuilder()
                .setSupportedFeatures(Feature.FILE_CHANNEL, Feature.LINKS)
                .build())) {
            Path root = Files.createDirectories(drive.getPath("/backup"));
            photos(root, "2024/a.jpg");
            for (int time = 0; time < 2; time++) {
                AlbumLinks links = AlbumLinks.within(new PathDisk(root), "albums");
                assertEquals(AlbumLinks.Kind.HARD_LINKS, links.make(OSLO, List.of("2024/a.jpg")));
                assertTrue(Files.isSameFile(root.resolve("2024/a.jpg"), root.resolve("albums/Oslo/a.jpg")));
                assertFalse(Files.exists(root.resolve("albums/Oslo/a-2.jpg")));
            }
        }
    }
}
