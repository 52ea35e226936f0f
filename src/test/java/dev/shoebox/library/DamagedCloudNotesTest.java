package dev.shoebox.library;

import dev.shoebox.library.cloud.CloudNotes;
import dev.shoebox.library.cloud.CloudNotes.Access;
import dev.shoebox.library.cloud.CloudNotesReader;
import dev.shoebox.library.database.CloudFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A file about iCloud that is invalid is read again as long as the phone may be writing it. */
class DamagedCloudNotesTest extends LibraryReaderCase {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private Path file;
    private int pauses;

    @BeforeEach
    void damage() throws IOException {
        file = media.resolve(CloudFile.SYNC_STATUS.path());
        Files.createDirectories(file.getParent());
        Files.writeString(file, "bplist");
    }

    private CloudNotes read(CloudNotesReader.Pauses during) throws IOException {
        return CloudNotesReader.read(phone, NOW, ZoneOffset.UTC, () -> {
                    pauses++;
                    during.pause();
                })
                .orElseThrow();
    }

    @Test
    void oneThatDoesNotChangeIsReadTwice() throws IOException {
        CloudNotes notes = read(() -> {});
        assertEquals(1, pauses);
        assertEquals(Access.UNREADABLE, notes.access(CloudFile.SYNC_STATUS));
    }

    @Test
    void oneThatGrowsIsReadThreeTimes() throws IOException {
        CloudNotes notes = read(() -> Files.writeString(file, "00", StandardOpenOption.APPEND));
        assertEquals(2, pauses);
        assertEquals(Access.UNREADABLE, notes.access(CloudFile.SYNC_STATUS));
    }

    @Test
    void oneThatIsCompleteInTheEndIsRead() throws IOException {
        String whole = "<?xml version=\"1.0\"?><plist version=\"1.0\"><dict/></plist>";
        CloudNotes notes = read(() -> Files.write(
                file, pauses == 1 ? "<?xml".getBytes(StandardCharsets.UTF_8) : whole.getBytes(StandardCharsets.UTF_8)));
        assertEquals(2, pauses);
        assertEquals(Access.READ, notes.access(CloudFile.SYNC_STATUS));
        assertTrue(notes.status().isPresent());
    }
}
