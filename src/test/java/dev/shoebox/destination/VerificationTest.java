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
import dev.shoebox.destination.records.BackupStatus;
import dev.shoebox.destination.records.Catalogue;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.destination.records.Journal;
import dev.shoebox.destination.records.Manifest;
import dev.shoebox.history.RunEnding;
import dev.shoebox.history.RunRecord;
import dev.shoebox.history.RunResult;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.source.SourceId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static dev.shoebox.destination.Backups.part;
import static dev.shoebox.destination.Backups.photo;
import static dev.shoebox.destination.Backups.shot;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What verifying finds, what status tells, what rebuilding gives back. */
class VerificationTest {
    private static final Backups.Shot[] SHOTS = {
        shot(
                part("DCIM/100APPLE/IMG_0001.HEIC", Role.PHOTO, "still"),
                part("DCIM/100APPLE/IMG_0001.MOV", Role.PAIRED_VIDEO, "moving")),
        photo("DCIM/100APPLE/IMG_0002.JPG", "two").taken("2025-02-03T04:05:06"),
        photo("DCIM/101APPLE/IMG_0002.JPG", "another two").undated(),
        photo("DCIM/101APPLE/IMG_0003.JPG", "two"),
    };

    @TempDir
    Path folder;

    private Backups backups;
    private long stopAfter = -1;
    private final List<Finding> findings = new ArrayList<>();
    private Verification.Progress last = new Verification.Progress(0, 0, 0, 0);

    @BeforeEach
    void begin() throws IOException {
        backups = new Backups(folder.resolve("backup"));
        backups.run(SHOTS);
    }

    private Verification.Result verify(Destination destination, Sample sample) throws IOException {
        findings.clear();
        return destination.proofs().verify(sample, new Verification.Listener() {
            @Override
            public void found(Finding finding) {
                findings.add(finding);
            }

            @Override
            public void progress(Verification.Progress progress) {
                last = progress;
            }
        });
    }

    private Verification.Result view(Sample sample) throws IOException {
        try (Destination view = Destination.view(backups.root, OpenMode.REQUIRE_EXISTING)) {
            return verify(view, sample);
        }
    }

    private Path file(String path) {
        return backups.root.resolve(path);
    }

    /** Every row of the catalogue, without the numbers that tie rows together. */
    private String rows() throws Exception {
        var rows = new StringBuilder();
        String url = "jdbc:sqlite:" + file(Catalogue.FILE).toUri();
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            for (String query : List.of(
                    "SELECT * FROM ends ORDER BY 1",
                    "SELECT kind, key, name FROM sources ORDER BY 1, 2",
                    "SELECT path, folded, stem, folded_stem, role, sha256, size, captured_local, captured_offset,"
                            + " captured_origin, first_run, verified_at FROM files ORDER BY 1",
                    "SELECT s.key, r.path, r.size, modified, modified_nanos, created, created_nanos, r.role, asset,"
                            + " original_name, f.path FROM resources r JOIN sources s ON s.id = source"
                            + " JOIN files f ON f.id = file ORDER BY 1, 2, 3",
                    "SELECT * FROM runs ORDER BY started")) {
                try (var result = statement.executeQuery(query)) {
                    while (result.next()) {
                        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                            rows.append(result.getString(i)).append('|');
                        }
                        rows.append('\n');
                    }
                }
            }
        }
        return rows.toString();
    }

    private static RunRecord run(String started, RunEnding how) {
        Instant begin = Instant.parse(started);
        return RecordedRun.of(
                Backups.PHONE,
                begin,
                begin.plusSeconds(60),
                how,
                RunResult.of(
                        new RunResult.Counts(0, 4, 1, 0, 0, 0), new RunResult.Traffic(20, Duration.ZERO, 0, Map.of())));
    }

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

    private Verification.Result verify(Verification.Scope scope, InstantSource time) throws DestinationException {
        try (Destination view = Destination.view(backups.root, OpenMode.REQUIRE_EXISTING)) {
            var running = new Verification[1];
            running[0] = view.verification(backups.root, scope, time, new Verification.Listener() {
                @Override
                public void found(Finding finding) {
                    findings.add(finding);
                }

                @Override
                public void progress(Verification.Progress progress) {
                    if (progress.files() == stopAfter) {
                        running[0].stop();
                    }
                }
            });
            return running[0].run();
        }
    }

    @Test
    void aVerificationThatWasStoppedIsTakenUpWhereItStopped() throws Exception {
        var oldestFirst = new Verification.Scope(Sample.EVERYTHING, Optional.empty(), true);
        InstantSource later = InstantSource.fixed(Backups.CLOCK.instant().plus(Duration.ofDays(1)));
        assertEquals(Optional.of(Backups.CLOCK.instant()), leastRecentProof());

        stopAfter = 3;
        var stopped = verify(oldestFirst, later);

        assertTrue(stopped.interrupted());
        assertEquals(Optional.empty(), stopped.unrecorded());
        assertEquals(Optional.of(Backups.CLOCK.instant()), leastRecentProof(), "one is left");

        // One of four, and it is the one that was left: now all are of that day.
        stopAfter = -1;
        var rest = verify(new Verification.Scope(new Sample(25, 7), Optional.empty(), true), later);

        assertEquals(1, rest.read());
        assertEquals(4, rest.files());
        assertEquals(Optional.of(later.instant()), leastRecentProof());
    }

    @Test
    void aVerificationThatHasNoTimeLeftLooksWhetherTheRestIsThere() throws Exception {
        Files.delete(file("2024/05/IMG_0001.MOV"));

        var result =
                verify(new Verification.Scope(Sample.EVERYTHING, Optional.of(Duration.ZERO), false), Backups.CLOCK);

        assertEquals(0, result.read());
        assertEquals(4, result.files());
        assertEquals(List.of(new Missing("2024/05/IMG_0001.MOV")), findings);
    }

    @Test
    void besideARunNothingIsRememberedAndThatIsSaid() throws Exception {
        try (Destination running = backups.open()) {
            assertTrue(running.freeBytes() > 0);
            var result = verify(Verification.Scope.of(Sample.EVERYTHING), Backups.CLOCK);

            assertEquals(4, result.read());
            assertTrue(result.unrecorded().orElseThrow().contains("in use"), result.toString());
        }
    }

    private Optional<Instant> leastRecentProof() throws DestinationException {
        try (Destination view = Destination.view(backups.root, OpenMode.REQUIRE_EXISTING)) {
            return view.proofs().leastRecentProof();
        }
    }

    @Test
    void whatWasFoundWellIsRememberedAndSurvivesARebuild() throws Exception {
        try (Destination destination = backups.open()) {
            verify(destination, Sample.EVERYTHING);
        }
        assertTrue(rows().contains("2026-11-20T08:00:00Z"), rows());
    }

    @Test
    void rebuildingGivesBackAnEqualCatalogue() throws Exception {
        backups.source = Backups.OTHER_PHONE;
        backups.run(photo("DCIM/100APPLE/IMG_0009.JPG", "two"), photo("DCIM/100APPLE/IMG_0010.JPG", "ten"));
        try (Destination destination = backups.open()) {
            destination
                    .runs()
                    .record(run("2026-11-20T07:00:00Z", RunEnding.of(0).orElseThrow()), ZoneId.of("Europe/Berlin"));
            verify(destination, Sample.EVERYTHING);
        }
        String before = rows();

        DestinationFolder.rebuild(backups.root, Backups.CLOCK, backups.said::add);

        assertEquals(before, rows());
        assertTrue(before.contains("IMG_0010.JPG") && before.contains("Europe/Berlin"), before);
    }

    @Test
    void withoutAJournalNothingIsLostOrStoredTwice() throws Exception {
        var photos = backups.photos();
        List<String> manifest = backups.manifest();
        List<String> catalogued = backups.catalogued();
        for (boolean everythingOfOurs : new boolean[] {false, true}) {
            Files.delete(file(Journal.FILE));
            if (everythingOfOurs) {
                try (var paths = Files.walk(file(Identity.FOLDER))) {
                    for (Path path :
                            paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
                        Files.delete(path);
                    }
                }
            }
            DestinationFolder.rebuild(backups.root, Backups.CLOCK, backups.said::add);
            assertEquals(List.of(), backups.catalogued());

            backups.run(SHOTS);

            assertEquals(5, backups.told.size());
            assertTrue(backups.told.stream().allMatch(line -> line.startsWith("duplicate")), backups.told.toString());
            assertEquals(photos, backups.photos());
            assertEquals(manifest, backups.manifest());
            assertEquals(catalogued, backups.catalogued());
        }
    }

    /** What the journal tells of a run. */
    private static void assertCounted(RunRecord run, Optional<RunRecord> counted) {
        assertEquals(run.source(), counted.orElseThrow().source());
        assertEquals(run.started(), counted.get().started());
        assertEquals(run.ending(), counted.get().ending());
        assertEquals(run.result(), counted.get().result());
    }

    @Test
    void statusTellsWhatIsHereOfEachSource() throws Exception {
        try (Destination destination = backups.open()) {
            destination
                    .runs()
                    .record(run("2026-11-19T07:00:00Z", RunEnding.of(0).orElseThrow()), ZoneId.of("Europe/Berlin"));
            destination
                    .runs()
                    .record(run("2026-11-20T07:00:00Z", RunEnding.of(14).orElseThrow()), ZoneId.of("Europe/Berlin"));
        }
        try (Destination view = Destination.view(backups.root, OpenMode.REQUIRE_EXISTING)) {
            List<BackupStatus> status = view.status();

            assertEquals(1, status.size());
            BackupStatus phone = status.get(0);
            assertEquals(Backups.PHONE, phone.source());
            assertCounted(run("2026-11-20T07:00:00Z", RunEnding.of(14).orElseThrow()), phone.lastRun());
            assertCounted(run("2026-11-19T07:00:00Z", RunEnding.of(0).orElseThrow()), phone.lastCompleteRun());
            assertEquals(4, phone.assets());
            assertEquals(4, phone.files());
            assertEquals(25, phone.bytes());
            assertEquals(
                    LocalDateTime.parse("2025-02-03T04:05:06"), phone.newest().orElseThrow());
        }
    }

    @Test
    void theCatalogueIsNeverAWriteAheadLog() throws Exception {
        byte[] header = Files.readAllBytes(file(Catalogue.FILE));
        assertEquals("SQLite format 3\0", new String(header, 0, 16, StandardCharsets.US_ASCII));
        assertEquals(1, header[18], "version 1 is a rollback journal, 2 a write-ahead log");
        assertNotEquals(2, header[19]);
        assertEquals("SHBX", new String(header, 68, 4, StandardCharsets.US_ASCII));
    }

    @Test
    void aPhoneThatWasRenamedIsNoDamage() throws Exception {
        backups.run(photo("DCIM/1.JPG", "one"));
        record(Instant.parse("2026-11-20T08:00:00Z"));
        backups.source = new SourceId(SourceId.Kind.PHONE, Backups.PHONE.id(), "Anna's old iPhone");
        record(Instant.parse("2026-11-21T08:00:00Z"));
        backups.run(photo("DCIM/2.JPG", "two"));
        backups.source = new SourceId(SourceId.Kind.PHONE, Backups.PHONE.id(), "Ben's iPhone");
        record(Instant.parse("2026-11-22T08:00:00Z"));

        assertEquals(0, view(Sample.EVERYTHING).damaged(), () -> findings.toString());
        backups.said.clear();
        try (Repair repair = Destination.repair(backups.root, Backups.CLOCK, backups.said::add)) {
            assertEquals(List.of(), repair.examine(new Found()));
        }
        assertEquals(List.of(), backups.said);
    }

    private void record(Instant at) throws IOException {
        try (Destination destination = backups.open()) {
            destination
                    .runs()
                    .record(RecordedRun.of(backups.source, at, at.plusSeconds(1), RunEnding.DONE), ZoneId.of("UTC"));
        }
    }
}
