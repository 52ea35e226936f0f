package dev.shoebox.cli;

import dev.shoebox.destination.Destination;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.library.PhotosDatabase;
import dev.shoebox.library.PhotosDatabase.Ios;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import static dev.shoebox.library.PhotosDatabase.asset;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Albums of a phone in a backup, and which of its photos could be deleted. */
class AlbumsAndRemovalTest {
    private static final String DCIM = "DCIM/100APPLE/";

    @TempDir
    private Path home;

    @TempDir
    private Path media;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(home);
    }

    private Path backup() {
        return home.resolve("backup");
    }

    private void lay(String... names) throws IOException {
        Path folder = Files.createDirectories(media.resolve(DCIM));
        for (String name : names) {
            Files.writeString(folder.resolve(name), name);
        }
    }

    /** Replaces the text of {@link #lay}, which does not count as a photo. */
    private void layPictures() throws IOException {
        Path folder = media.resolve(DCIM);
        Files.write(folder.resolve("IMG_0001.HEIC"), Pictures.jpeg("1"));
        Files.write(folder.resolve("IMG_0001.MOV"), Pictures.film("1"));
        Files.write(folder.resolve("IMG_0002.JPG"), Pictures.jpeg("2"));
    }

    private void phoneWithAnAlbum() throws Exception {
        lay("IMG_0001.HEIC", "IMG_0001.MOV", "IMG_0002.JPG");
        try (PhotosDatabase database = PhotosDatabase.create(media, Ios.IOS_18)) {
            database.album(7, 2, 1, "Oslo");
            database.add(
                    asset(DCIM + "IMG_0001.HEIC")
                            .in(7)
                            .created(Instant.parse("2024-05-01T10:00:00Z"), 7200)
                            .with("ZKINDSUBTYPE", 2),
                    asset(DCIM + "IMG_0002.JPG").created(Instant.parse("2024-06-01T10:00:00Z"), 7200));
        }
    }

    @Test
    void anAlbumBecomesAFolderOfRelativeLinks() throws Exception {
        phoneWithAnAlbum();
        assertEquals(0, shell.shoebox("backup", "--from", media, backup()), shell::err);
        assertEquals(0, shell.shoebox("albums", "--json", backup(), "--links"), shell::err);
        assertEquals("Oslo", shell.events("album").get(0).get("name"));
        assertEquals(2, shell.events("album").get(0).get("files"));
        Path link = backup().resolve("albums/Oslo/IMG_0001.HEIC");
        assertEquals(Path.of("../../2024/05/IMG_0001.HEIC"), Files.readSymbolicLink(link));
        assertEquals("IMG_0001.HEIC", Files.readString(link));
        assertTrue(Files.isSymbolicLink(backup().resolve("albums/Oslo/IMG_0001.MOV")));

        Path mine = Path.of("../../2024/06/IMG_0002.JPG");
        Files.createSymbolicLink(backup().resolve("albums/Oslo/mine.JPG"), mine);
        Files.delete(link);
        Files.createSymbolicLink(link, mine);
        Files.writeString(backup().resolve("albums/Oslo/photos.txt"), "a note");
        assertEquals(0, shell.shoebox("albums", backup(), "--links"), shell::err);
        assertEquals(mine, Files.readSymbolicLink(link), "a person changed it");
        assertEquals(mine, Files.readSymbolicLink(link.resolveSibling("mine.JPG")));
        assertEquals("IMG_0001.HEIC", Files.readString(link.resolveSibling("IMG_0001-2.HEIC")));
        assertEquals("a note", Files.readString(link.resolveSibling("photos.txt")));
        assertEquals(0, shell.shoebox("verify", "--json", backup()), shell::err);
        assertEquals(0, shell.events("summary").get(0).get("unlisted"));
    }

    @Test
    void linksMayGoElsewhereAndNoneIsMadeBesideAnotherRun() throws Exception {
        phoneWithAnAlbum();
        assertEquals(0, shell.shoebox("backup", "--from", media, backup()), shell::err);
        Path elsewhere = home.resolve("my/albums");
        for (int time = 0; time < 2; time++) {
            assertEquals(0, shell.shoebox("albums", backup(), "--links", elsewhere), shell::err);
            assertEquals("IMG_0001.HEIC", Files.readString(elsewhere.resolve("Oslo/IMG_0001.HEIC")));
            assertFalse(Files.exists(elsewhere.resolve("Oslo/IMG_0001-2.HEIC")));
        }
        assertFalse(Files.exists(backup().resolve("albums")));
        assertEquals(15, shell.shoebox("albums", backup(), "--links", backup().resolve(".shoebox/albums")));
        assertFalse(Files.exists(backup().resolve(".shoebox/albums")));

        try (Destination run =
                Destination.open(backup(), OpenMode.REQUIRE_EXISTING, InstantSource.system(), line -> {})) {
            assertEquals(11, shell.shoebox("albums", backup(), "--links"), run::toString);
        }
        assertFalse(Files.exists(backup().resolve("albums")));
    }

    @Test
    void aLayoutCanSpeakOfTheAlbum() throws Exception {
        phoneWithAnAlbum();
        assertEquals(0, shell.shoebox("backup", "--layout", "{album,Others}", "--from", media, backup()), shell::err);
        assertTrue(Files.exists(backup().resolve("Oslo/IMG_0001.HEIC")));
        assertTrue(Files.exists(backup().resolve("Others/IMG_0002.JPG")));
    }

    @Test
    void aTitleWithASlashIsOneAlbumEverywhere() throws Exception {
        lay("IMG_0001.JPG", "IMG_0002.JPG", "IMG_0003.JPG");
        try (PhotosDatabase database = PhotosDatabase.create(media, Ios.IOS_18)) {
            database.album(7, 2, 1, "\u00c9t\u00e9: 2/2024").album(8, 2, 1, "\u00c9t\u00e9_ 2_2024");
            database.album(9, 4000, 1, "a/b").album(10, 2, 9, "c");
            database.add(
                    asset(DCIM + "IMG_0001.JPG").in(7).created(Instant.parse("2024-05-01T10:00:00Z"), 7200),
                    asset(DCIM + "IMG_0002.JPG").in(8).created(Instant.parse("2024-05-02T10:00:00Z"), 7200),
                    asset(DCIM + "IMG_0003.JPG").in(10).created(Instant.parse("2024-05-03T10:00:00Z"), 7200));
        }
        for (String part : List.of("2024", "b", "b/c")) {
            assertEquals(2, shell.shoebox("list", "--album", part, "--from", media), part);
        }
        for (String name : List.of("\u00e9t\u00e9: 2/2024", "a/b", "a/b/c", "c")) {
            assertEquals(0, shell.shoebox("list", "--json", "--album", name, "--from", media), shell::err);
            assertEquals(1, shell.events("file").size(), name);
        }
        Object[] run = {
            "backup", "--layout", "{album}", "--sidecar", "json", "--from", media, backup(),
        };
        assertEquals(0, shell.shoebox(run), shell::err);
        String json = Files.readString(backup().resolve("\u00c9t\u00e9_ 2_2024/IMG_0001.JPG.json"));
        assertTrue(json.contains("\"albumPaths\": [[\"\u00c9t\u00e9: 2/2024\"]]"), json);

        for (int time = 0; time < 2; time++) {
            assertEquals(0, shell.shoebox("albums", "--json", backup(), "--links"), shell::err);
            assertEquals(
                    List.of(List.of("a/b", "c"), List.of("\u00c9t\u00e9: 2/2024"), List.of("\u00c9t\u00e9_ 2_2024")),
                    shell.events("album").stream()
                            .map(event -> event.get("titles"))
                            .toList());
            Path links = backup().resolve("albums");
            assertEquals("IMG_0003.JPG", Files.readString(links.resolve("a_b/c/IMG_0003.JPG")));
            try (var folders = Files.list(links)) {
                assertEquals(3, folders.count());
            }
            try (var all = Files.walk(links)) {
                assertEquals(3, all.filter(Files::isSymbolicLink).count(), "each in a folder of its own");
            }
        }
    }

    @Test
    void onlyFilesReadAgainAreSafeToRemove() throws Exception {
        phoneWithAnAlbum();
        layPictures();
        assertEquals(0, shell.shoebox("backup", "--from", media, backup()), shell::err);
        lay("IMG_0003.JPG");
        assertEquals(0, shell.shoebox("safe-to-remove", "--json", "--from", media, backup()), shell::err);
        assertEquals(List.of(), shell.events("safe"));
        assertEquals(3, shell.events("not-safe").size());

        assertEquals(0, shell.shoebox("verify", backup()), shell::err);
        assertEquals(0, shell.shoebox("safe-to-remove", "--json", "--from", media, backup()), shell::err);
        assertEquals(
                List.of(DCIM + "IMG_0001.HEIC", DCIM + "IMG_0002.JPG"),
                shell.events("safe").stream().map(event -> event.get("path")).toList());
        assertEquals("not-backed-up", shell.events("not-safe").get(0).get("reason"));
        assertTrue(Files.exists(media.resolve(DCIM + "IMG_0001.HEIC")), "nothing is deleted");
    }

    @Test
    void twoCopiesMeanASecondBackupThatIsProvenToo() throws Exception {
        phoneWithAnAlbum();
        layPictures();
        Path second = home.resolve("second");
        assertEquals(0, shell.shoebox("backup", "--from", media, backup()), shell::err);
        assertEquals(0, shell.shoebox("backup", "--only", "live", "--from", media, second), shell::err);
        assertEquals(0, shell.shoebox("verify", backup()), shell::err);
        assertEquals(0, shell.shoebox("verify", second), shell::err);
        assertEquals(
                0,
                shell.shoebox("safe-to-remove", "--json", "--copies", "2", "--and", second, "--from", media, backup()),
                shell::err);
        assertEquals(
                List.of(DCIM + "IMG_0001.HEIC"),
                shell.events("safe").stream().map(event -> event.get("path")).toList());
        assertEquals("too-few-copies", shell.events("not-safe").get(0).get("reason"));
        assertEquals(2, shell.shoebox("safe-to-remove", "--copies", "2", "--from", media, backup()));
    }

    @Test
    void photosInRecentlyDeletedAreNotReportedAsExcluded() throws Exception {
        lay("IMG_0001.HEIC", "IMG_0002.JPG");
        try (PhotosDatabase database = PhotosDatabase.create(media, Ios.IOS_18)) {
            database.add(
                    asset(DCIM + "IMG_0001.HEIC").created(Instant.parse("2024-05-01T10:00:00Z"), 7200),
                    asset(DCIM + "IMG_0002.JPG")
                            .created(Instant.parse("2024-06-01T10:00:00Z"), 7200)
                            .with("ZTRASHEDSTATE", 1));
        }
        assertEquals(0, shell.shoebox("list", "--from", media), shell::err);
        assertFalse(shell.out().contains("chose"), shell.out());
        assertTrue(shell.out().contains("Recently Deleted"), shell.out());
    }
}
