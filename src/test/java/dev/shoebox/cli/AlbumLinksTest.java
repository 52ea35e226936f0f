package dev.shoebox.cli;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Feature;
import com.google.common.jimfs.Jimfs;
import dev.shoebox.photos.AlbumPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Links of albums come and go; what a person made stays. */
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
        AlbumLinks links = new AlbumLinks(folder, folder.resolve("albums"));
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
            AlbumLinks links = new AlbumLinks(root, root.resolve("albums"));
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
}
