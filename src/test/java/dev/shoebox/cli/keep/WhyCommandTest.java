package dev.shoebox.cli.keep;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.shoebox.cli.Shell;
import dev.shoebox.photos.metadata.Crafted;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class WhyCommandTest {
    private Shell shell;

    @TempDir
    private Path folder;

    private int shoebox(Object... arguments) {
        return shell.shoebox(arguments);
    }

    private Path backup() {
        return folder.resolve("backup");
    }

    @BeforeEach
    void backUp() throws IOException {
        shell = Shell.plain(folder);
        Path camera = Files.createDirectories(folder.resolve("card/DCIM"));
        Files.writeString(camera.resolve("IMG-20230115-WA0001.jpg"), "a photo");
        assertEquals(0, shoebox("backup", "--from", folder.resolve("card"), backup()), shell::err);
    }

    @Test
    void aStoredFileIsExplained() {
        Path stored = backup().resolve("2023/01/IMG-20230115-WA0001.jpg");
        assertEquals(0, shoebox("why", stored), shell::err);
        String told = shell.out();
        assertTrue(told.contains("2023-01-15 00:00:00 (no offset from UTC known): its name gives it"), told);
        assertTrue(told.contains("DCIM/IMG-20230115-WA0001.jpg on card: the photo"), told);
        assertTrue(told.contains("folder 2023/01, "), told);
        assertTrue(told.contains("SHA-256 "), told);
    }

    @Test
    void jsonHasTheSameFacts() throws IOException {
        assertEquals(0, shoebox("why", "--json", backup().resolve("2023/01/IMG-20230115-WA0001.jpg")), shell::err);
        Map<String, Object> why = JSON.std.mapFrom(shell.out());
        assertEquals("2023/01/IMG-20230115-WA0001.jpg", why.get("path"));
        assertEquals("file-name", why.get("capturedFrom"));
        assertEquals("2023-01-15T00:00:00", why.get("captured"));
        assertEquals(7, why.get("bytes"));
        Map<?, ?> origin = (Map<?, ?>) ((List<?>) why.get("origins")).get(0);
        assertEquals("DCIM/IMG-20230115-WA0001.jpg", origin.get("path"));
        assertEquals("folder", origin.get("kind"));
    }

    @Test
    void theFileAndTheFieldOfTheDateAreNamedWithTheOtherEvidence() throws IOException {
        Path card = Files.createDirectories(folder.resolve("second/DCIM"));
        byte[] exif = Crafted.tiff()
                .make("Canon", "EOS 5D")
                .changed("2024:02:02 09:00:00")
                .original("2011:06:05 12:34:56")
                .build();
        Files.write(card.resolve("IMG_0001.JPG"), Crafted.jpeg(Crafted.exifSegment(exif)));
        assertEquals(0, shoebox("backup", "--from", folder.resolve("second"), backup()), shell::err);
        assertEquals(0, shoebox("why", "--json", backup().resolve("2011/06/IMG_0001.JPG")), shell::err);
        Map<String, Object> why = JSON.std.mapFrom(shell.out());
        List<?> dates = (List<?>) why.get("dates");
        Map<?, ?> first = (Map<?, ?>) dates.get(0);
        assertEquals("EXIF DateTimeOriginal", first.get("field"));
        assertEquals("IMG_0001.JPG", first.get("file"));
        assertEquals(true, first.get("counts"));
        Map<?, ?> second = (Map<?, ?>) dates.get(1);
        assertEquals("EXIF DateTime", second.get("field"));
        assertEquals("2024-02-02T09:00:00", second.get("date"));
        assertEquals(false, second.get("counts"));
        assertEquals("Canon EOS 5D", ((Map<?, ?>) why.get("details")).get("camera"));
    }

    @Test
    void aDateInTheFutureInTheNameIsNotListed() throws IOException {
        Path card = Files.createDirectories(folder.resolve("later/DCIM"));
        Path photo = Files.writeString(card.resolve("IMG-20770115-WA0001.jpg"), "another photo");
        Files.setLastModifiedTime(photo, FileTime.from(Instant.parse("2022-05-06T07:08:09Z")));
        assertEquals(0, shoebox("backup", "--from", folder.resolve("later"), backup()), shell::err);
        Path stored;
        try (Stream<Path> all = Files.walk(backup())) {
            stored = all.filter(path -> path.endsWith("IMG-20770115-WA0001.jpg"))
                    .findFirst()
                    .orElseThrow();
        }
        assertEquals(0, shoebox("why", "--json", stored), shell::err);
        String told = shell.out();
        assertFalse(told.contains("2077-01-15"), told);
    }

    @Test
    void photosWithoutADateOfTheirOwnAreCountedAndADayOfCopyingIsSuspected() throws IOException {
        Path card = Files.createDirectories(folder.resolve("third/old"));
        for (int i = 0; i < 6; i++) {
            Path photo = Files.writeString(card.resolve("DSC0" + i + ".JPG"), "says nothing " + i);
            Files.setLastModifiedTime(photo, FileTime.from(Instant.parse("2024-08-29T12:45:49Z")));
        }
        shoebox("backup", "--json", "--from", folder.resolve("third"), backup());
        Map<String, Object> undated = Map.of();
        for (String line : shell.out().lines().toList()) {
            Map<String, Object> event = JSON.std.mapFrom(line);
            undated = "undated".equals(event.get("event")) ? event : undated;
        }
        assertEquals(6, undated.get("photos"));
        assertEquals(Map.of("old", 6), undated.get("folders"));
        assertEquals("2024-08-29", undated.get("copyDay"));
    }

    @Test
    void aFileThatWasNotStoredIsReportedAsSuch() throws IOException {
        Path own = Files.writeString(backup().resolve("2023/01/notes.txt"), "mine");
        assertEquals(2, shoebox("why", own));
        assertTrue(shell.err().contains("is not among the photos"), shell.err());
    }

    @Test
    void aFileOutsideABackupIsReportedAsSuch() throws IOException {
        assertEquals(10, shoebox("why", Files.writeString(folder.resolve("x.jpg"), "x")));
        assertTrue(shell.err().contains("x.jpg"), shell.err());
    }
}
