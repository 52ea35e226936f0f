package dev.shoebox.destination.naming;

import dev.shoebox.destination.Backups;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.destination.records.Catalogue;
import dev.shoebox.destination.records.Journal;
import dev.shoebox.destination.records.Manifest;
import dev.shoebox.photos.fingerprint.Evidence;
import dev.shoebox.text.Sha256;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A record's claim about a file's content is not trusted for a file that was not read. */
class ContentClaimsTest {
    private static final String HERE = "DCIM/100APPLE/IMG_0001.HEIC";
    private static final String STORED = "2024/05/IMG_0001.HEIC";

    @TempDir
    Path folder;

    private Backups backups;

    @BeforeEach
    void begin() {
        backups = new Backups(folder.resolve("backup"));
    }

    private static String line(String content, String path) {
        byte[] hash = Sha256.digest().digest(content.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash) + "  " + path + "\n";
    }

    private void write(String path, String content) throws IOException {
        Path file = backups.root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private void assertStored(String content) throws IOException {
        assertTrue(backups.photos().containsValue(content), backups.photos() + " " + backups.told);
    }

    @Test
    void aLineThatLiesMakesNoDuplicate() throws IOException {
        backups.opening = OpenMode.INITIALISE;
        write("mine/other.heic", "other!");
        write(Manifest.FILE, line("photo1", "mine/other.heic"));
        backups.run(Backups.photo(HERE, "photo1"));
        assertStored("photo1");
        assertStored("other!");
        assertEquals(List.of("copied " + HERE + " -> " + STORED), backups.told);
    }

    @Test
    void aLineThatIsTrueMakesOneAndIsRemembered() throws IOException, InterruptedException {
        backups.opening = OpenMode.INITIALISE;
        write("mine/first.heic", "photo1");
        write(Manifest.FILE, line("photo1", "mine/first.heic"));
        backups.run(Backups.photo(HERE, "photo1"));
        assertEquals(List.of("duplicate " + HERE + " = mine/first.heic"), backups.told);
        assertEquals(List.of(HERE + " -> mine/first.heic"), backups.catalogued());
        try (Destination destination = Destination.view(backups.root, OpenMode.REQUIRE_EXISTING)) {
            assertTrue(destination.verified().contains("mine/first.heic"));
        }
        Files.delete(backups.root.resolve(Catalogue.FILE));
        backups.open().close();
        assertEquals(List.of(HERE + " -> mine/first.heic"), backups.catalogued());
        assertEquals("", backups.sha256sum());
    }

    @Test
    void afterCatalogueAndJournalAreLostARottenFileIsNoTwin() throws IOException {
        backups.run(Backups.photo(HERE, "photo1"));
        Files.delete(backups.root.resolve(Catalogue.FILE));
        Files.delete(backups.root.resolve(Journal.FILE));
        write(STORED, "rotten");
        backups.catchUp(Backups.photo(HERE, "photo1"));
        assertStored("photo1");
        assertStored("rotten");
    }

    @Test
    void aFileThatRottedAtTheSameSizeIsNoTwinOfAnotherPhonesPhotoAndIsNamed() throws IOException {
        backups.run(Backups.photo(HERE, "photo1"));
        write(STORED, "rotten");
        backups.source = Backups.OTHER_PHONE;
        backups.run(Backups.photo("DCIM/100APPLE/IMG_0777.HEIC", "photo1"));
        assertStored("photo1");
        assertStored("rotten");
        try (Destination destination = Destination.view(backups.root, OpenMode.REQUIRE_EXISTING)) {
            assertTrue(destination.damaged().contains(STORED));
        }
    }

    @Test
    void aCompanionOfARottenFileIsStoredToo() throws IOException {
        var shot = Backups.shot(
                Backups.part(HERE, dev.shoebox.photos.Role.PHOTO, "photo1"),
                Backups.part("DCIM/100APPLE/IMG_0001.MOV", dev.shoebox.photos.Role.PAIRED_VIDEO, "movie1"));
        backups.run(shot);
        Files.delete(backups.root.resolve(Catalogue.FILE));
        Files.delete(backups.root.resolve(Journal.FILE));
        write("2024/05/IMG_0001.MOV", "rotten");
        backups.catchUp(shot);
        assertStored("photo1");
        assertStored("movie1");
    }

    @Test
    void aFileKnownOnlyFromASameLineIsReadAgain() throws IOException {
        backups.opening = OpenMode.INITIALISE;
        write("mine/other.heic", "other!");
        write(Manifest.FILE, line("photo1", "mine/other.heic"));
        backups.open().close();
        Backups.Part part = Backups.photo(HERE, "photo1").parts().get(0);
        var same = new Journal.Entry(
                false,
                "20260101T000000Z00000000",
                new Journal.Stored(
                        "mine/other.heic", "mine/other", line("photo1", "").substring(0, 64), 6),
                new Journal.Origin(Backups.PHONE, part.resource().file()),
                new Journal.Part("DCIM/100APPLE/IMG_0001", part.resource().role()),
                Optional.empty(),
                new Journal.Bytes(Optional.empty(), Evidence.NONE));
        Files.writeString(backups.root.resolve(Journal.FILE), Journal.line(same) + "\n");
        Files.deleteIfExists(backups.root.resolve(Catalogue.FILE));
        backups.catchUp(Backups.photo(HERE, "photo1"));
        assertStored("photo1");
    }
}
