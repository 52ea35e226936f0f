package dev.shoebox.backup;

import dev.shoebox.backup.event.BackupResult;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.RowsAhead;
import dev.shoebox.destination.opening.Contents;
import dev.shoebox.phonebackup.Backups;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** However many rows a run reads while the phone is being listed, it finds the same. */
class RowsAheadTest extends BackupCase {
    private static final String FIRST = "DCIM/100APPLE/IMG_0001.JPG";

    private static final String HALF = "DCIM/100APPLE/IMG_0004.JPG";

    private static ScriptedSource three() {
        return new ScriptedSource()
                .with(FIRST, Backups.jpeg("the first"))
                .with(NEXT, Backups.jpeg("the second"))
                .with("DCIM/100APPLE/IMG_0003.JPG", Backups.jpeg("the third"));
    }

    private static ScriptedSource five() {
        return three().with(EARLIER, Backups.jpeg("an earlier one")).with(OLDEST, Backups.jpeg("the oldest"));
    }

    /** The last number leaves time for all rows. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 99})
    void missingTruncatedAndDoubtfulCopiesAreFound(int times) throws IOException {
        run(five());
        Files.delete(destination().resolve("2024/05/IMG_0000.JPG"));
        Files.writeString(destination().resolve("2024/05/IMG_0002.JPG"), "another");
        Path manifest = destination().resolve("SHA256SUMS");
        List<String> lines = Files.readAllLines(manifest);
        lines.replaceAll(line -> line.endsWith("IMG_0001.JPG") ? "0".repeat(64) + line.substring(64) : line);
        Files.write(manifest, lines);

        ScriptedSource phone = five().isListingFor(times);
        BackupResult report = run(phone);
        assertEquals(List.of(EARLIER, NEXT), phone.order().stream().sorted().toList());
        assertEquals(3, report.counts().alreadyBackedUp());
        assertEquals(
                List.of(FIRST),
                report.implausible().stream().map(file -> file.path()).toList());
        assertTrue(Files.exists(destination().resolve("2024/05/IMG_0000.JPG")));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 99})
    void filesDeletedOrChangedOnThePhoneDoNotCountAsBackedUp(int times) throws IOException {
        run(five());
        ScriptedSource phone =
                three().with(NEXT, Backups.jpeg("the second, edited")).isListingFor(times);
        BackupResult report = run(phone);
        assertEquals(List.of(NEXT), phone.order());
        assertEquals(2, report.counts().alreadyBackedUp());
    }

    @Test
    void aRunThatEndsStopsReading() throws IOException {
        run(five());
        ScriptedSource phone = five().isListingFor(Integer.MAX_VALUE);
        try (Destination destination = open()) {
            Backup backup = new Backup(phone, destination, options(), InstantSource.system(), events::add);
            backup.stop();
            assertTrue(backup.run().interrupted());
        }
        assertTrue(phone.isListing());
    }

    /** Its row is looked up again, and those of the others are not. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 99})
    void aTruncatedPhotoIsNamedByEveryRun(int times) throws IOException {
        byte[] whole = Backups.jpeg("a truncated one");
        byte[] half = Arrays.copyOf(whole, whole.length / 2);
        run(five().with(HALF, half));

        ScriptedSource phone = five().with(HALF, half).isListingFor(times);
        BackupResult report = run(phone);
        assertEquals(List.of(), phone.order());
        assertEquals(6, report.counts().alreadyBackedUp());
        assertEquals(
                List.of(HALF),
                report.implausible().stream().map(file -> file.path()).toList());
        try (Destination destination = open()) {
            Contents contents = destination.memory().contents(Duration.ZERO);
            RowsAhead ahead = RowsAhead.read(destination, phone.id(), contents, () -> true);
            assertEquals(5, ahead.well().size());
            assertEquals(
                    List.of(HALF),
                    ahead.others().stream().map(row -> row.file().path()).toList());
        }
    }
}
