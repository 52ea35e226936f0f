package dev.shoebox.destination;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.destination.proof.Finding;
import dev.shoebox.destination.proof.Finding.Altered;
import dev.shoebox.destination.proof.Finding.Missing;
import dev.shoebox.destination.proof.Finding.Unlisted;
import dev.shoebox.destination.proof.Finding.Unreadable;
import dev.shoebox.destination.proof.Verification;
import dev.shoebox.destination.proof.Verification.Sample;
import dev.shoebox.destination.records.Manifest;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static dev.shoebox.destination.Backups.photo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The findings of verification, the answers of status, and the result of a rebuild. */
class VerificationTest extends VerificationCase {
    @Test
    void aWholeBackupHasNothingToFind() throws Exception {
        Verification.Result result = view(Sample.EVERYTHING);

        assertEquals(
                new Verification.Result(
                        4, 4, 5 + 6 + 3 + 11, new Verification.Counts(0, 0, 0, 0, 0), true, false, Optional.empty()),
                result);
        assertEquals(List.of(), findings);
        assertEquals(new Verification.Progress(4, 4, 25, 25), last);
    }

    @Test
    void everyKindOfDamageIsNamed() throws Exception {
        Files.delete(file("2024/05/IMG_0001.MOV"));
        FileTime time = Files.getLastModifiedTime(file("2024/05/IMG_0001.HEIC"));
        Files.writeString(file("2024/05/IMG_0001.HEIC"), "stilL");
        Files.setLastModifiedTime(file("2024/05/IMG_0001.HEIC"), time);
        Files.writeString(file("2025/02/IMG_0002.JPG"), "tw");
        Files.writeString(file("2025/02/stray.txt"), "stray");
        Files.createSymbolicLink(file("2025/02/link"), file("2025/02/stray.txt"));
        Files.delete(file("undated/IMG_0002.JPG"));
        Files.createDirectory(file("undated/IMG_0002.JPG"));

        Verification.Result result = view(Sample.EVERYTHING);

        assertEquals(
                Set.of(
                        new Missing("2024/05/IMG_0001.MOV"),
                        new Altered("2024/05/IMG_0001.HEIC"),
                        new Altered("2025/02/IMG_0002.JPG"),
                        new Altered("undated/IMG_0002.JPG"),
                        new Unlisted("2025/02/stray.txt"),
                        new Unlisted("2025/02/link")),
                Set.copyOf(findings));
        assertEquals(4, result.damaged());
        assertEquals(2, result.unlisted());
    }

    @Test
    void aFolderThatBecameASymbolicLinkIsNotRead() throws Exception {
        Files.move(file("2025"), folder.resolve("elsewhere"));
        Files.createSymbolicLink(file("2025"), folder.resolve("elsewhere"));

        Verification.Result result = view(Sample.EVERYTHING);

        assertEquals(1, result.damaged());
        assertEquals("2025/02/IMG_0002.JPG", findings.get(0).path());
        assertTrue(((Unreadable) findings.get(0)).reason().contains("symbolic link"), findings.toString());
        assertEquals(new Unlisted("2025"), findings.get(1));
    }

    @Test
    void aDriveThatIsGoneIsNotFullOfMissingPhotos() throws Exception {
        try (Destination view = Destination.view(backups.root, OpenMode.REQUIRE_EXISTING)) {
            var listener = new Verification.Listener() {
                @Override
                public void found(Finding finding) {
                    findings.add(finding);
                }

                @Override
                public void progress(Verification.Progress progress) {
                    if (progress.files() == 1) {
                        try {
                            Files.move(backups.root, folder.resolve("unplugged"));
                        } catch (IOException e) {
                            throw new AssertionError(e);
                        }
                    }
                }
            };
            assertThrows(DestinationException.Lost.class, () -> view.proofs().verify(Sample.EVERYTHING, listener));
        }
        assertEquals(List.of(), findings);
    }

    @Test
    void aManifestThatWasChangedIsDamageTooAndThePhotoIsNot() throws Exception {
        List<String> lines = new ArrayList<>(Files.readAllLines(file(Manifest.FILE)));
        lines.set(0, "0".repeat(64) + lines.get(0).substring(64));
        String gone = lines.remove(2);
        Files.write(file(Manifest.FILE), lines);

        view(Sample.EVERYTHING);

        String path = Manifest.parse(gone).orElseThrow().path();
        assertTrue(findings.contains(new Altered(Manifest.FILE)), findings.toString());
        assertTrue(findings.contains(new Unlisted(path)), findings.toString());
        assertTrue(findings.stream().noneMatch(finding -> finding instanceof Missing));
    }

    @Test
    void aSampleReadsItsShareAndTheSameOneForTheSameSeed() throws Exception {
        var shots = new Backups.Shot[200];
        for (int i = 0; i < shots.length; i++) {
            shots[i] = photo("DCIM/110APPLE/X" + i + ".JPG", "content " + i);
        }
        backups.run(shots);

        assertTrue(Math.abs(view(new Sample(5, 1)).read() - 10) <= 1);
        assertEquals(204, view(new Sample(0.001, 1)).files());
        Set<Long> bytes = new HashSet<>();
        for (int seed = 0; seed < 8; seed++) {
            bytes.add(view(new Sample(5, seed)).bytes());
            assertEquals(view(new Sample(5, seed)), view(new Sample(5, seed)));
        }
        assertTrue(bytes.size() > 1, "every seed reads the same files");
        Files.delete(file("2024/05/X7.JPG"));
        assertEquals(1, view(new Sample(0.001, 1)).damaged());
    }

    @Test
    void aStoppedVerificationContinues() throws Exception {
        var oldestFirst = new Verification.Scope(Sample.EVERYTHING, Optional.empty(), true);
        InstantSource later = InstantSource.fixed(Backups.CLOCK.instant().plus(Duration.ofDays(1)));
        assertEquals(Optional.of(Backups.CLOCK.instant()), leastRecentProof());

        stopAfter = 3;
        var stopped = verify(oldestFirst, later);

        assertTrue(stopped.interrupted());
        assertEquals(Optional.empty(), stopped.unrecorded());
        assertEquals(Optional.of(Backups.CLOCK.instant()), leastRecentProof(), "one is left");

        // It is the one of four that was left: now all are of that day.
        stopAfter = -1;
        var rest = verify(new Verification.Scope(new Sample(25, 7), Optional.empty(), true), later);

        assertEquals(1, rest.read());
        assertEquals(4, rest.files());
        assertEquals(Optional.of(later.instant()), leastRecentProof());
    }

    @Test
    void aVerificationWithoutTimeLeftChecksThatTheRestExists() throws Exception {
        Files.delete(file("2024/05/IMG_0001.MOV"));

        var result =
                verify(new Verification.Scope(Sample.EVERYTHING, Optional.of(Duration.ZERO), false), Backups.CLOCK);

        assertEquals(0, result.read());
        assertEquals(4, result.files());
        assertEquals(List.of(new Missing("2024/05/IMG_0001.MOV")), findings);
    }

    @Test
    void duringARunNothingIsRecordedAndThatIsReported() throws Exception {
        try (Destination running = backups.open()) {
            assertTrue(running.freeBytes() > 0);
            var result = verify(Verification.Scope.of(Sample.EVERYTHING), Backups.CLOCK);

            assertEquals(4, result.read());
            assertTrue(result.unrecorded().orElseThrow().contains("in use"), result.toString());
        }
    }

    @Test
    void proofsAreRecordedAndSurviveARebuild() throws Exception {
        try (Destination destination = backups.open()) {
            verify(destination, Sample.EVERYTHING);
        }
        assertTrue(rows().contains("2026-11-20T08:00:00Z"), rows());
    }
}
