package dev.shoebox.destination;

import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.destination.proof.Verification.Sample;
import dev.shoebox.destination.records.BackupStatus;
import dev.shoebox.destination.records.Catalogue;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.destination.records.Journal;
import dev.shoebox.history.RunEnding;
import dev.shoebox.history.RunRecord;
import dev.shoebox.photos.source.SourceId;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

import static dev.shoebox.destination.Backups.photo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A catalogue that is rebuilt, or counted, has the content of the lost one. */
class RebuildTest extends VerificationCase {
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

    /** The journal's account of a run. */
    private static void assertCounted(RunRecord run, Optional<RunRecord> counted) {
        assertEquals(run.source(), counted.orElseThrow().source());
        assertEquals(run.started(), counted.get().started());
        assertEquals(run.ending(), counted.get().ending());
        assertEquals(run.result(), counted.get().result());
    }

    @Test
    void statusShowsTheFilesOfEachSource() throws Exception {
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
        try (Repair repair = Repair.open(backups.root, Backups.CLOCK, backups.said::add)) {
            assertEquals(List.of(), repair.examine(new Found()));
        }
        assertEquals(List.of(), backups.said);
    }
}
