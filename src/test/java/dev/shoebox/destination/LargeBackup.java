package dev.shoebox.destination;

import dev.shoebox.destination.records.Catalogue;
import dev.shoebox.destination.records.Journal;
import dev.shoebox.destination.records.database.Database;
import dev.shoebox.history.RunEnding;
import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.fingerprint.Evidence;
import dev.shoebox.photos.format.Plausibility;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.text.Sha256;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Makes the records of a backup of any size in seconds: a catalogue without its photos. */
public final class LargeBackup {
    private static final Instant FIRST = Instant.parse("2010-01-01T00:00:00Z");
    private static final String RUN = "20240501T120000Z12345678";

    private LargeBackup() {}

    /** @param arguments the folder and the number of photos */
    public static void main(String[] arguments) throws IOException, Database.Damaged {
        make(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    }

    /** Makes a backup of this many photos in an empty folder. */
    static void make(Path root, int photos) throws IOException, Database.Damaged {
        new Backups(root).open().close();
        try (Catalogue catalogue =
                new Catalogue(Database.exclusive(root.resolve(Catalogue.FILE), false, () -> false))) {
            catalogue.transaction(() -> {
                for (int number = 0; number < photos; number++) {
                    catalogue.add(entry(number));
                }
                Instant ended = Instant.parse("2024-05-01T15:00:00Z");
                var run = RecordedRun.of(
                        Backups.PHONE,
                        ended.minusSeconds(9000),
                        ended,
                        RunEnding.DONE,
                        RecordedRun.copied(photos, 1L << 40));
                catalogue.add(new Journal.RunEnded(run, "UTC", List.of()));
            });
        }
    }

    static Journal.Entry entry(int number) {
        Instant taken = FIRST.plusSeconds(number * 1500L);
        LocalDateTime local = LocalDateTime.ofInstant(taken, ZoneOffset.UTC);
        String stem = "%d/%02d/IMG_%04d_%d"
                .formatted(local.getYear(), local.getMonthValue(), number % 10_000, number / 10_000);
        String source = "DCIM/%dAPPLE/IMG_%04d".formatted(100 + number / 1000, number % 10_000);
        byte[] hash =
                Sha256.digest().digest(ByteBuffer.allocate(4).putInt(number).array());
        return new Journal.Entry(
                false,
                RUN,
                new Journal.Stored(stem + ".HEIC", stem, HexFormat.of().formatHex(hash), 2_000_000 + number),
                new Journal.Origin(
                        Backups.PHONE, new MediaFile(source + ".HEIC", 2_000_000 + number, taken, Optional.of(taken))),
                new Journal.Part(source, Role.PHOTO),
                Optional.of(new CaptureTime(local, Optional.of(ZoneOffset.UTC), CaptureTime.Origin.EXIF)),
                new Journal.Bytes(Optional.of(Plausibility.PLAUSIBLE), Evidence.NONE));
    }
}
