package dev.shoebox.merge;

import dev.shoebox.backup.Backup;
import dev.shoebox.backup.transfer.RetryPolicy;
import dev.shoebox.destination.Backups;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.LibraryNote;
import dev.shoebox.destination.LibraryNotes;
import dev.shoebox.destination.Recognition.Recognised;
import dev.shoebox.destination.RecordedRun;
import dev.shoebox.destination.naming.Layout;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.history.RunEnding;
import dev.shoebox.history.RunRecord;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.fingerprint.Fingerprint;
import dev.shoebox.photos.fingerprint.FingerprintDigest;
import dev.shoebox.photos.fingerprint.Proof;
import dev.shoebox.photos.naming.AlbumPath;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.SourceId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import static dev.shoebox.destination.Backups.part;
import static dev.shoebox.destination.Backups.photo;
import static dev.shoebox.destination.Backups.shot;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** One backup merged into another. */
class MergeTest {
    private static final Backups.Shot LIVE = shot(
            part("DCIM/100APPLE/IMG_1.HEIC", Role.PHOTO, "still"),
            part("DCIM/100APPLE/IMG_1.MOV", Role.PAIRED_VIDEO, "film"));

    @TempDir
    Path folder;

    private Backups old;
    private Backups kept;

    @BeforeEach
    void twoBackups() {
        old = new Backups(folder.resolve("old"));
        kept = new Backups(folder.resolve("kept"));
    }

    private Merge.Result merge() throws IOException {
        var options = new Backup.Options(
                Layout.parse("month"),
                ZoneOffset.UTC,
                RetryPolicy.waiting(Duration.ZERO),
                OptionalLong.empty(),
                Backup.Verify.AUTO);
        try (Destination from = Destination.view(old.root, OpenMode.REQUIRE_EXISTING);
                Destination to = kept.open()) {
            return new Merge(from, old.root, to, options, Backups.CLOCK, event -> {}).run();
        }
    }

    @Test
    void photosOfThePhoneRemainThePhones() throws IOException, InterruptedException {
        old.run(LIVE, photo("DCIM/100APPLE/IMG_2.JPG", "two"));
        kept.run(photo("DCIM/100APPLE/IMG_9.JPG", "nine"));
        Map<String, String> before = everything(old.root);

        Merge.Result merged = merge();

        assertEquals(3, merged.copied());
        assertTrue(merged.isComplete());
        assertEquals(
                Set.of("still", "film", "two", "nine"),
                new TreeSet<>(kept.photos().values()));
        assertEquals("", kept.sha256sum());
        assertEquals(before, everything(old.root), "the backup that it comes from is only read");
        kept.catchUp(LIVE, photo("DCIM/100APPLE/IMG_2.JPG", "two"));
        assertEquals(List.of(), kept.told, "the phone has nothing new for it");
    }

    @Test
    void asOftenAsItIsAskedForItCopiesOnce() throws IOException {
        old.run(LIVE);
        kept.run(photo("DCIM/1.JPG", "one"));
        merge();
        Merge.Result again = merge();
        assertEquals(0, again.copied());
        assertEquals(2, again.there());
        assertEquals(3, kept.photos().size());
    }

    @Test
    void theSameBytesOfAnotherPhoneAreNotStoredTwice() throws IOException {
        old.source = Backups.OTHER_PHONE;
        old.run(photo("DCIM/100APPLE/IMG_7.JPG", "sent from one to the other"));
        kept.run(photo("DCIM/100APPLE/IMG_2.JPG", "sent from one to the other"));
        Merge.Result merged = merge();
        assertEquals(1, merged.duplicates());
        assertEquals(1, kept.photos().size());
        kept.source = Backups.OTHER_PHONE;
        assertEquals(1, kept.catalogued().size(), "it is known that this phone had it, too");
    }

    private static Fingerprint fingerprint(String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        var digest = new FingerprintDigest();
        digest.update(bytes, 0, bytes.length);
        return digest.complete();
    }

    /**
     * Records in the old backup with which proof the other phone's photos are known; each has the content of a stored
     * one.
     */
    private void recordInOld(Proof proof, Backups.Shot... shots) throws IOException {
        try (Destination from = old.open()) {
            List<Recognised> recognised = new ArrayList<>();
            for (Backups.Shot shot : shots) {
                Backups.Part part = shot.parts().get(0);
                Fingerprint fingerprint = fingerprint(part.content());
                String path = from.recognition()
                        .find(fingerprint, part.content().length())
                        .orElseThrow();
                recognised.add(new Recognised(shot.asset(), part.resource(), fingerprint, path, proof));
            }
            from.recognition().record(Backups.OTHER_PHONE, recognised);
        }
    }

    @Test
    void filesKnownByFingerprintRemainSo() throws IOException {
        old.run(photo("DCIM/100APPLE/IMG_1.JPG", "one"), photo("DCIM/100APPLE/IMG_2.JPG", "two"));
        Backups.Shot claimed = photo("DCIM/700APPLE/IMG_8.JPG", "one");
        recordInOld(Proof.CLAIMED, claimed);
        kept.run(photo("DCIM/100APPLE/IMG_9.JPG", "nine"));
        merge();
        MediaFile file = claimed.parts().get(0).resource().file();
        try (Destination to = Destination.view(kept.root, OpenMode.REQUIRE_EXISTING)) {
            assertEquals(Set.of(file), to.recognition().claimed(Backups.OTHER_PHONE));
            assertEquals(
                    Optional.of(fingerprint("one")),
                    to.recognition()
                            .fingerprint(
                                    to.recognition().find(fingerprint("one"), 3).orElseThrow()),
                    "what is merged has its fingerprint");
        }
        merge();
        kept.source = Backups.OTHER_PHONE;
        kept.run(claimed);
        merge();
        try (Destination to = Destination.view(kept.root, OpenMode.REQUIRE_EXISTING)) {
            assertEquals(Set.of(), to.recognition().claimed(Backups.OTHER_PHONE), "it was read meanwhile");
        }
    }

    @Test
    void perhapsDamagedFilesRemainSo() throws IOException {
        old.run(photo("DCIM/100APPLE/IMG_1.JPG", "one"), photo("DCIM/100APPLE/IMG_2.JPG", "two"));
        recordInOld(Proof.PERHAPS_DAMAGED, photo("DCIM/100APPLE/IMG_2.JPG", "two"));
        kept.run(photo("DCIM/100APPLE/IMG_9.JPG", "nine"));
        merge();
        try (Destination to = Destination.view(kept.root, OpenMode.REQUIRE_EXISTING)) {
            assertEquals(
                    Set.of(to.recognition().find(fingerprint("two"), 3).orElseThrow()),
                    to.recognition().perhapsDamaged());
        }
    }

    @Test
    void aDateThatOnlyTheBackupKnowsIsKept() throws IOException {
        old.run(LIVE.taken("2011-07-08T09:10:11"));
        kept.run(photo("DCIM/1.JPG", "one"));
        merge();
        assertTrue(kept.photos().keySet().stream().anyMatch(path -> path.startsWith("2011/07/")));
        assertFalse(kept.photos().keySet().stream().anyMatch(path -> path.startsWith("2024/05/IMG_1.")));
    }

    @Test
    void filesFromOnePathAtDifferentTimesAreAllCopied() throws IOException {
        old.run(photo("DCIM/100APPLE/IMG_1.JPG", "before the edit"));
        old.run(photo("DCIM/100APPLE/IMG_1.JPG", "after"));
        kept.run(photo("DCIM/1.JPG", "one"));
        merge();
        assertEquals(
                Set.of("before the edit", "after", "one"),
                new TreeSet<>(kept.photos().values()));
    }

    @Test
    void damagedFilesAreNamedAndNotCopied() throws IOException {
        old.run(photo("DCIM/1.JPG", "whole"), photo("DCIM/2.JPG", "rotten"));
        kept.run(photo("DCIM/9.JPG", "nine"));
        String rotten = old.photos().entrySet().stream()
                .filter(file -> file.getValue().equals("rotten"))
                .findFirst()
                .orElseThrow()
                .getKey();
        Files.writeString(old.root.resolve(rotten), "r0tten");
        Merge.Result merged = merge();
        assertEquals(1, merged.lacking().failed());
        assertFalse(merged.isComplete());
        assertEquals(Set.of("whole", "nine"), new TreeSet<>(kept.photos().values()));
    }

    @Test
    void reducedCopiesDoNotReplaceOriginalsAndCompletenessIsNotClaimed() throws IOException {
        old.run(photo("DCIM/1.JPG", "one"), shot(part("PhotoData/Metadata/DCIM/2.JPG", Role.PREVIEW, "reduced")));
        kept.run(photo("DCIM/9.JPG", "nine"));
        Merge.Result merged = merge();
        assertEquals(1, merged.lacking().previews());
        assertFalse(merged.isComplete());
        assertTrue(merged.isUpToDate());
        assertEquals(Set.of("one", "nine"), new TreeSet<>(kept.photos().values()));
    }

    @Test
    void missingFilesListedOnlyInSha256sumsAreCounted() throws IOException {
        old.run(photo("DCIM/1.JPG", "one"), photo("DCIM/2.JPG", "two"));
        kept.run(photo("DCIM/9.JPG", "nine"));
        for (String record : List.of("catalogue.sqlite", "journal.ndjson")) {
            Files.delete(old.root.resolve(".shoebox").resolve(record));
        }
        old.run();
        Files.delete(old.root.resolve(old.photos().keySet().iterator().next()));
        assertEquals(1, merge().lacking().gone());
    }

    @Test
    void missingFilesAreCounted() throws IOException {
        old.run(photo("DCIM/1.JPG", "one"), photo("DCIM/2.JPG", "two"));
        kept.run(photo("DCIM/9.JPG", "nine"));
        Files.delete(old.root.resolve(old.photos().keySet().iterator().next()));
        Merge.Result merged = merge();
        assertEquals(1, merged.lacking().gone());
        assertFalse(merged.isComplete());
    }

    @Test
    void filesListedOnlyInSha256sumsAreCopied() throws IOException {
        old.run(photo("DCIM/1.JPG", "one"), photo("DCIM/2.JPG", "two"));
        kept.run(photo("DCIM/9.JPG", "nine"));
        for (String record : List.of("catalogue.sqlite", "journal.ndjson")) {
            Files.delete(old.root.resolve(".shoebox").resolve(record));
        }
        old.run();
        assertTrue(merge().isComplete());
        assertEquals(Set.of("one", "two", "nine"), new TreeSet<>(kept.photos().values()));
    }

    @Test
    void itIsKnownWhenThePhoneWasBackedUpLastAndWhichAlbumsItHas() throws IOException {
        old.run(photo("DCIM/1.JPG", "one"));
        var notes = new LibraryNotes(
                "mark",
                List.of(new LibraryNote(
                        "DCIM/1.JPG",
                        List.of(AlbumPath.of("Oslo")),
                        List.of(),
                        Set.of(),
                        List.of(),
                        OptionalLong.empty())));
        Instant ended = Backups.CLOCK.instant();
        try (Destination destination = old.open()) {
            destination.memory().recordLibraryNotes(Backups.PHONE, notes);
            destination.runs().record(completeRun(), ZoneOffset.UTC);
        }
        kept.run(photo("DCIM/9.JPG", "nine"));
        merge();
        try (Destination merged = Destination.view(kept.root, OpenMode.REQUIRE_EXISTING)) {
            assertEquals(
                    ended,
                    merged.status().get(0).lastCompleteRun().orElseThrow().ended());
            assertEquals(Set.of("2024/05/1.JPG"), merged.memory().albums().get(AlbumPath.of("Oslo")));
        }
    }

    @Test
    void aBackupThatLacksFilesOfTheLastCompleteRunDoesNotHaveIt() throws IOException {
        old.run(photo("DCIM/1.JPG", "one"), photo("DCIM/2.JPG", "two"));
        try (Destination destination = old.open()) {
            destination.runs().record(completeRun(), ZoneOffset.UTC);
        }
        Files.delete(old.root.resolve(old.photos().keySet().iterator().next()));
        kept.run(photo("DCIM/9.JPG", "nine"));
        merge();
        try (Destination merged = Destination.view(kept.root, OpenMode.REQUIRE_EXISTING)) {
            assertTrue(merged.status().get(0).lastCompleteRun().isEmpty());
        }
    }

    private static RunRecord completeRun() {
        Instant ended = Backups.CLOCK.instant();
        return RecordedRun.of(Backups.PHONE, ended, ended, RunEnding.DONE);
    }

    @Test
    void aPulledDriveEndsItWithAMessage() throws IOException {
        old.run(photo("DCIM/1.JPG", "one"));
        kept.run(photo("DCIM/9.JPG", "nine"));
        try (Destination from = Destination.view(old.root, OpenMode.REQUIRE_EXISTING)) {
            BackupSource source = BackupSource.of(from, "old", new SourceId(SourceId.Kind.FOLDER, "old", "old"))
                    .sources()
                    .get(0);
            Files.move(old.root, folder.resolve("away"));
            assertThrows(IOException.class, () -> source.read(List.of()));
        }
    }

    private static Map<String, String> everything(Path root) throws IOException {
        Map<String, String> all = new TreeMap<>();
        try (var paths = Files.walk(root)) {
            for (Path path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
                all.put(
                        root.relativize(path).toString(),
                        Files.getLastModifiedTime(path) + " " + Arrays.hashCode(Files.readAllBytes(path)));
            }
        }
        return all;
    }
}
