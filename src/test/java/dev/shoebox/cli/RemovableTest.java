package dev.shoebox.cli;

import dev.shoebox.library.PhotosDatabase;
import dev.shoebox.library.PhotosDatabase.Ios;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static dev.shoebox.library.PhotosDatabase.asset;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The list of photos that could be deleted identifies each photo for a person, and says how well it is proven. */
class RemovableTest {
    private static final String DCIM = "DCIM/100APPLE/";

    @TempDir
    private Path home;

    @TempDir
    private Path media;

    @Test
    void safePhotosAreListedByDateWithNamesThatPeopleKnow() throws Exception {
        Path folder = Files.createDirectories(media.resolve(DCIM));
        Files.write(folder.resolve("IMG_0001.JPG"), Pictures.jpeg("1"));
        Files.write(folder.resolve("IMG_0002.JPG"), Pictures.jpeg("2"));
        try (PhotosDatabase database = PhotosDatabase.create(media, Ios.IOS_18)) {
            database.album(7, 2, 1, "Oslo");
            database.add(
                    asset(DCIM + "IMG_0001.JPG").in(7).created(Instant.parse("2024-06-01T10:00:00Z"), 7200),
                    asset(DCIM + "IMG_0002.JPG").created(Instant.parse("2023-05-01T10:00:00Z"), 7200));
        }
        Path backup = home.resolve("backup");
        Path second = home.resolve("second");
        Shell shell = new Shell(home);
        for (Path each : List.of(backup, second)) {
            assertEquals(0, shell.shoebox("backup", "--from", media, each), shell::err);
            assertEquals(0, shell.shoebox("verify", each), shell::err);
        }
        shell.now = shell.now.plusSeconds(3 * 86_400);
        Object[] ask = {"safe-to-remove", "--and", second, "--copies", "1", "--json", "--from", media, backup};
        assertEquals(0, shell.shoebox(ask), shell::err);
        List<Map<String, Object>> safe = shell.events("safe");
        assertEquals(
                List.of("IMG_0002.JPG", "IMG_0001.JPG"),
                safe.stream().map(each -> each.get("name")).toList());
        assertEquals(List.of("Oslo"), safe.get(1).get("albums"));
        assertEquals(2, safe.get(1).get("copies"));
        assertEquals("2026-03-01T12:00:00Z", safe.get(1).get("proven"));
        assertEquals("2024-06-01T12:00", safe.get(1).get("captured"));

        assertEquals(0, shell.shoebox("safe-to-remove", "--from", media, backup), shell::err);
        assertTrue(shell.out().contains("3 days ago, 1 copy"), shell.out());
        assertTrue(Files.exists(folder.resolve("IMG_0001.JPG")));
    }

    /** The first copy was verified, and the second was not. */
    @Test
    void aPhotoThatWasStoredAgainIsNotSafeUntilItIsVerifiedAgain() throws Exception {
        Files.write(Files.createDirectories(media.resolve(DCIM)).resolve("IMG_0001.JPG"), Pictures.jpeg("1"));
        Path backup = home.resolve("backup");
        Shell shell = new Shell(home);
        assertEquals(0, shell.shoebox("backup", "--from", media, backup), shell::err);
        assertEquals(0, shell.shoebox("verify", backup), shell::err);
        try (Stream<Path> files = Files.walk(backup)) {
            Files.delete(files.filter(file -> file.endsWith("IMG_0001.JPG"))
                    .findFirst()
                    .orElseThrow());
        }
        shell.now = shell.now.plusSeconds(86_400);
        assertEquals(0, shell.shoebox("backup", "--from", media, backup), shell::err);
        Object[] ask = {"safe-to-remove", "--json", "--from", media, backup};
        shell.shoebox(ask);
        assertEquals(List.of(), shell.events("safe"));

        assertEquals(0, shell.shoebox("rebuild", backup), shell::err);
        shell.shoebox(ask);
        assertEquals(List.of(), shell.events("safe"));

        assertEquals(0, shell.shoebox("verify", backup), shell::err);
        shell.shoebox(ask);
        assertEquals(1, shell.events("safe").size(), shell::err);
    }

    /** Photos must not be deleted because of a reading that macOS may have served from memory. */
    @Test
    void whereAVerificationMayHaveReadMemoryTheListSaysWhatToDoFirst() throws Exception {
        Files.write(Files.createDirectories(media.resolve(DCIM)).resolve("IMG_0001.JPG"), Pictures.jpeg("1"));
        Path backup = home.resolve("backup");
        Shell shell = new Shell(home);
        assertEquals(0, shell.shoebox("backup", "--from", media, backup), shell::err);
        assertEquals(0, shell.shoebox("verify", backup), shell::err);
        Object[] ask = {"safe-to-remove", "--json", "--from", media, backup};
        assertEquals(0, shell.shoebox(ask), shell::err);
        assertEquals(true, shell.events("summary").get(0).get("pastCache"));
        assertFalse(shell.err().contains("unplug"), shell.err());
        String here = System.setProperty("os.name", "Mac OS X");
        try {
            assertEquals(0, shell.shoebox(ask), shell::err);
        } finally {
            System.setProperty("os.name", here);
        }
        assertEquals(false, shell.events("summary").get(0).get("pastCache"));
        assertTrue(shell.err().contains("unplug"), shell.err());
    }
}
