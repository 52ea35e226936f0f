package dev.shoebox.destination.records;

import dev.shoebox.destination.Backups;
import dev.shoebox.destination.OneFileDisk;
import dev.shoebox.destination.disk.AppendOnlyLines;
import dev.shoebox.history.RunResult;
import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.fingerprint.Evidence;
import dev.shoebox.photos.format.Plausibility;
import dev.shoebox.photos.source.MediaFile;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** The lines of a journal. A line that was read and written again has the same meaning. */
final class JournalFuzz {
    private static final MediaFile FILE =
            new MediaFile("DCIM/100APPLE/IMG_0001.HEIC", 1_234, Backups.MODIFIED, Optional.of(Instant.EPOCH));

    private JournalFuzz() {}

    static List<byte[]> seeds() {
        Optional<CaptureTime> captured = Backups.captured(Backups.TAKEN);
        return Stream.of(
                        new Journal.Entry(
                                true,
                                "run",
                                new Journal.Stored("2024/05/IMG_0001.HEIC", "2024/05/IMG_0001", "0a".repeat(32), 1_234),
                                new Journal.Origin(Backups.PHONE, FILE),
                                new Journal.Part("DCIM/100APPLE/IMG_0001", Role.PHOTO),
                                captured,
                                new Journal.Bytes(Optional.of(Plausibility.TRUNCATED), Evidence.NONE)),
                        new Journal.RunEnded(
                                JournalFields.counted(
                                        Backups.PHONE,
                                        Instant.EPOCH,
                                        Backups.MODIFIED,
                                        14,
                                        new RunResult.Counts(0, 1, 2, 3, 4, 0),
                                        5),
                                "Europe/Berlin",
                                List.of("no-links")),
                        new Journal.Verified(Instant.EPOCH, List.of("2024/05/IMG_0001.HEIC", "b")),
                        new Journal.Assessed(Plausibility.EMPTY, List.of("2024/05/IMG_0001.HEIC", "b")),
                        new Journal.Restoring("2024/05/IMG_0001.HEIC", "0a".repeat(32), 1_234, Backups.MODIFIED),
                        new Journal.Settled())
                .map(event -> (Journal.line(event) + "\n").getBytes(UTF_8))
                .toList();
    }

    public static void fuzzerTestOneInput(byte[] bytes) {
        try {
            AppendOnlyLines.read(new OneFileDisk(bytes), Journal.FILE, 0, (line, end) -> {
                Journal.isOfLaterVersion(line);
                Optional<Journal.Event> event = Journal.parse(line);
                event.ifPresent(said -> assertEquals(event, Journal.parse(Journal.line(said)), line));
            });
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
