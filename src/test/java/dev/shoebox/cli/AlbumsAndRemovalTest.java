package dev.shoebox.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.shoebox.library.PhotosDatabase;
import dev.shoebox.library.PhotosDatabase.Ios;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static dev.shoebox.library.PhotosDatabase.asset;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What a backup does with the albums of a phone, and what it says could be deleted there. */
class AlbumsAndRemovalTest {
    private static final String DCIM = "DCIM/100APPLE/";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path home;

    @TempDir
    private Path media;

    private int shoebox(Object... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        Console console = new Console(new PrintWriter(out), new PrintWriter(err), Screen.none());
        String[] words = Stream.of(arguments).map(Object::toString).toArray(String[]::new);
        return new Shoebox(
                        console,
                        new Interrupts(onSignal -> {}, () -> {}),
                        InstantSource.system(),
                        Map.of("HOME", home.toString()))
                .run(words);
    }

    private List<Map<String, Object>> events(String kind) throws IOException {
        List<Map<String, Object>> events = new ArrayList<>();
        for (String line : out.toString().lines().toList()) {
            Map<String, Object> event = JSON.std.mapFrom(line);
            if (kind.equals(event.get("event"))) {
                events.add(event);
            }
        }
        return events;
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
        assertEquals(0, shoebox("backup", "--from", media, backup()), err::toString);
        assertEquals(0, shoebox("albums", "--json", backup(), "--links"), err::toString);
        assertEquals("Oslo", events("album").get(0).get("name"));
        assertEquals(2, events("album").get(0).get("files"));
        Path link = backup().resolve("albums/Oslo/IMG_0001.HEIC");
        assertEquals(Path.of("../../2024/05/IMG_0001.HEIC"), Files.readSymbolicLink(link));
        assertEquals("IMG_0001.HEIC", Files.readString(link));
        assertTrue(Files.isSymbolicLink(backup().resolve("albums/Oslo/IMG_0001.MOV")));

        Files.createSymbolicLink(backup().resolve("albums/Oslo/gone.JPG"), Path.of("../../2024/06/IMG_0002.JPG"));
        assertEquals(0, shoebox("albums", backup(), "--links"), err::toString);
        assertFalse(Files.isSymbolicLink(backup().resolve("albums/Oslo/gone.JPG")), "not in the album any more");
        assertEquals(0, shoebox("verify", "--json", backup()), err::toString);
        assertEquals(0, events("summary").get(0).get("unlisted"));
    }

    @Test
    void aLayoutCanSpeakOfTheAlbum() throws Exception {
        phoneWithAnAlbum();
        assertEquals(0, shoebox("backup", "--layout", "{album,Others}", "--from", media, backup()), err::toString);
        assertTrue(Files.exists(backup().resolve("Oslo/IMG_0001.HEIC")));
        assertTrue(Files.exists(backup().resolve("Others/IMG_0002.JPG")));
    }

    @Test
    void onlyWhatWasReadAgainIsSafeToRemove() throws Exception {
        phoneWithAnAlbum();
        assertEquals(0, shoebox("backup", "--from", media, backup()), err::toString);
        lay("IMG_0003.JPG");
        assertEquals(0, shoebox("safe-to-remove", "--json", "--from", media, backup()), err::toString);
        assertEquals(List.of(), events("safe"));
        assertEquals(3, events("not-safe").size());

        assertEquals(0, shoebox("verify", backup()), err::toString);
        assertEquals(0, shoebox("safe-to-remove", "--json", "--from", media, backup()), err::toString);
        assertEquals(
                List.of(DCIM + "IMG_0001.HEIC", DCIM + "IMG_0002.JPG"),
                events("safe").stream().map(event -> event.get("path")).toList());
        assertEquals("not-backed-up", events("not-safe").get(0).get("reason"));
        assertTrue(Files.exists(media.resolve(DCIM + "IMG_0001.HEIC")), "nothing is deleted");
    }

    @Test
    void twoCopiesMeanASecondBackupThatIsProvenToo() throws Exception {
        phoneWithAnAlbum();
        Path second = home.resolve("second");
        assertEquals(0, shoebox("backup", "--from", media, backup()), err::toString);
        assertEquals(0, shoebox("backup", "--only", "live", "--from", media, second), err::toString);
        assertEquals(0, shoebox("verify", backup()), err::toString);
        assertEquals(0, shoebox("verify", second), err::toString);
        assertEquals(
                0,
                shoebox("safe-to-remove", "--json", "--copies", "2", "--and", second, "--from", media, backup()),
                err::toString);
        assertEquals(
                List.of(DCIM + "IMG_0001.HEIC"),
                events("safe").stream().map(event -> event.get("path")).toList());
        assertEquals("too-few-copies", events("not-safe").get(0).get("reason"));
        assertEquals(2, shoebox("safe-to-remove", "--copies", "2", "--from", media, backup()));
    }
}
