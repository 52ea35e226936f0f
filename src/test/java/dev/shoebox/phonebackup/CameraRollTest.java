package dev.shoebox.phonebackup;

import dev.shoebox.folder.Drained;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.ListingLimits;
import dev.shoebox.photos.source.Listings;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.PassedOver;
import dev.shoebox.photos.source.Scope;
import dev.shoebox.photos.source.SourceException;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.photos.source.Unreadable;
import dev.shoebox.photos.source.Unreadable.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static dev.shoebox.phonebackup.Backups.jpeg;
import static dev.shoebox.phonebackup.Backups.paths;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Which files are read from a local backup, and what happens to each line of its list. */
class CameraRollTest {
    private static final String ONE = "DCIM/100APPLE/IMG_0001.JPG";

    @TempDir
    Path folder;

    private MadeBackup backup;

    private MadeBackup backup() {
        backup = new MadeBackup(folder.resolve("backup"));
        return backup;
    }

    private MediaSource open() throws IOException {
        return PhoneBackup.of(backup.write()).open(Scope.USUAL, Backups.PLAIN);
    }

    private static Listing complete(Listing listing) {
        assertTrue(Listings.isComplete(listing), listing::toString);
        return listing;
    }

    @Test
    void filesHaveThePathsSizesAndTimesOfThePhone() throws IOException {
        Instant taken = Instant.parse("2023-02-03T04:05:06Z");
        backup().photo(ONE, jpeg("one")).modified(taken);
        backup.other("CameraRollDomain", "Media/DCIM", 2);
        backup.other("CameraRollDomain", "", 2);
        try (MediaSource source = open()) {
            assertEquals(
                    new SourceId(SourceId.Kind.PHONE_BACKUP, "backup:" + MadeBackup.UDID, "Anna's iPhone"),
                    source.id());
            assertEquals(
                    List.of(new MediaFile(ONE, jpeg("one").length, taken, Optional.of(taken))),
                    complete(source.list()).files());
        }
    }

    @Test
    void theFilesThatAPhoneShowsAreReadAndOthersAreSkipped() throws IOException {
        backup().photo(ONE, jpeg("one"));
        backup.photo("PhotoData/CPLAssets/group1/7F.JPG", jpeg("two"));
        backup.photo("PhotoData/Mutations/DCIM/100APPLE/IMG_0001/Adjustments/FullSizeRender.jpg", jpeg("three"));
        backup.photo("PhotoData/Mutations/DCIM/100APPLE/IMG_0001/Note.plist", jpeg("four"));
        backup.photo("PhotoData/Thumbnails/V2/DCIM/100APPLE/IMG_0001.JPG/5005.JPG", jpeg("five"));
        backup.photo("PhotoData/PhotoCloudSharingData/1/IMG_0001.JPG", jpeg("six"));
        backup.photo("PhotoStreamsData/1/100APPLE/IMG_0001.JPG", jpeg("seven"));
        backup.photo("PhotoData/Photos.sqlite", jpeg("eight"));
        backup.other("CameraRollDomain", "Media/DCIM/100APPLE/IMG_0002.JPG", 4);
        backup.file("HomeDomain", "Library/SMS/sms.db", jpeg("nine"));
        try (MediaSource source = open()) {
            Listing listing = complete(source.list());
            assertEquals(
                    List.of(
                            ONE,
                            "PhotoData/Mutations/DCIM/100APPLE/IMG_0001/Adjustments/FullSizeRender.jpg",
                            "PhotoData/CPLAssets/group1/7F.JPG"),
                    paths(listing));
            assertEquals(List.of(), listing.unreadable());
            assertEquals(
                    Map.of(
                            PassedOver.Kind.DATA, 1L,
                            PassedOver.Kind.DERIVATIVES, 1L,
                            PassedOver.Kind.SHARED_ALBUM, 1L,
                            PassedOver.Kind.UNKNOWN, 1L,
                            PassedOver.Kind.SYSTEM, 1L,
                            PassedOver.Kind.LINK, 1L),
                    listing.inventory().counts());
        }
    }

    @Test
    void aLineWithoutContentIsNamedWithAdvice() throws IOException {
        backup().photo(ONE, jpeg("one"));
        backup.photo("DCIM/100APPLE/IMG_0002.JPG", jpeg("two")).absent();
        try (MediaSource source = open()) {
            Listing listing = complete(source.list());
            assertEquals(List.of(ONE), paths(listing));
            Unreadable missing = listing.unreadable().get(0);
            assertEquals("DCIM/100APPLE/IMG_0002.JPG", missing.path());
            assertEquals(Reason.GONE, missing.reason());
            assertTrue(source.remarks().stream().anyMatch(remark -> remark.startsWith("1 file ")));
        }
    }

    @Test
    void nothingIsFollowedThatIsALink() throws IOException {
        Path secret = Files.write(folder.resolve("secret.jpg"), jpeg("secret"));
        backup().photo(ONE, jpeg("one"));
        MadeBackup.Line linked = backup.photo("DCIM/100APPLE/IMG_0002.JPG", jpeg("two"));
        MadeBackup.Line behind = backup.photo("DCIM/100APPLE/IMG_0003.JPG", jpeg("three"));
        MadeBackup.Line folderInstead = backup.photo("DCIM/100APPLE/IMG_0004.JPG", jpeg("four"));
        Path root = backup.write();
        Path place = root.resolve(linked.id().substring(0, 2)).resolve(linked.id());
        Files.delete(place);
        Files.createSymbolicLink(place, secret);
        Path two = root.resolve(behind.id().substring(0, 2));
        Files.move(two, folder.resolve("elsewhere"));
        Files.createSymbolicLink(two, folder.resolve("elsewhere"));
        Path instead = root.resolve(folderInstead.id().substring(0, 2)).resolve(folderInstead.id());
        Files.delete(instead);
        Files.createDirectory(instead);
        try (MediaSource source = PhoneBackup.of(root).open(Scope.USUAL, Backups.PLAIN)) {
            Listing listing = complete(source.list());
            assertEquals(List.of(ONE), paths(listing));
            assertEquals(
                    List.of("DCIM/100APPLE/IMG_0002.JPG", "DCIM/100APPLE/IMG_0003.JPG", "DCIM/100APPLE/IMG_0004.JPG"),
                    listing.unreadable().stream().map(Unreadable::path).toList());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../../etc/passwd",
                "",
                "ab",
                "..",
                "zz",
                "0123456789012345678901234567890123456789/..",
                "0123456789012345678901234567890123456789\u0000",
                "/etc/passwd"
            })
    void aNameOfItsContentThatCannotBeOneIsRefused(String id) throws IOException {
        backup().photo(ONE, jpeg("one"));
        backup.photo("DCIM/100APPLE/IMG_0002.JPG", jpeg("two")).called(id).absent();
        try (MediaSource source = open()) {
            Listing listing = complete(source.list());
            assertEquals(List.of(ONE), paths(listing));
            assertEquals(
                    List.of("DCIM/100APPLE/IMG_0002.JPG"),
                    listing.unreadable().stream().map(Unreadable::path).toList());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DCIM/../../IMG_0002.JPG",
                "DCIM//IMG_0002.JPG",
                "/DCIM/IMG_0002.JPG",
                "DCIM/./IMG_0002.JPG",
                "DCIM/100APPLE/IMG_0002.JPG/",
                ".."
            })
    void aPathThatCannotBeOneIsRefusedByName(String path) throws IOException {
        backup().photo(ONE, jpeg("one"));
        backup.photo(path, jpeg("two"));
        try (MediaSource source = open()) {
            Listing listing = complete(source.list());
            assertEquals(List.of(ONE), paths(listing));
            assertEquals(1, listing.unreadable().size());
            assertEquals("Media/" + path, listing.unreadable().get(0).path());
        }
    }

    @Test
    void anAbsurdlyDeepOrLongPathIsRefused() throws IOException {
        backup().photo(ONE, jpeg("one"));
        backup.photo("DCIM" + "/a".repeat(200) + "/IMG_0002.JPG", jpeg("two"));
        backup.photo("DCIM/" + "a".repeat(6000) + ".JPG", jpeg("three"));
        try (MediaSource source = open()) {
            Listing listing = complete(source.list());
            assertEquals(List.of(ONE), paths(listing));
            assertEquals(2, listing.unreadable().size());
        }
    }

    @Test
    void twoFilesWithOnePathAreBothRead() throws IOException {
        backup().photo(ONE, jpeg("one")).called("a".repeat(40));
        backup.photo(ONE, jpeg("two")).called("b".repeat(40));
        try (MediaSource source = open()) {
            assertEquals(List.of("DCIM/100APPLE/#2/IMG_0001.JPG", ONE), paths(complete(source.list())));
            assertEquals(2, Drained.all(source).whole().size());
        }
    }

    @Test
    void aMalformedEntryCostsOnlyItsOwnFact() throws IOException {
        backup().photo(ONE, jpeg("one")).archived(new byte[0]);
        backup.photo("DCIM/100APPLE/IMG_0002.JPG", jpeg("two"))
                .archived("bplist00".getBytes(StandardCharsets.US_ASCII));
        backup.photo("DCIM/100APPLE/IMG_0003.JPG", jpeg("three")).archived(new byte[3 << 20]);
        try (MediaSource source = open()) {
            Listing listing = complete(source.list());
            assertEquals(3, listing.files().size());
            assertEquals(jpeg("one").length, listing.files().get(0).size());
            assertEquals(Optional.empty(), listing.files().get(0).created());
            assertEquals(3, Drained.all(source).whole().size());
        }
    }

    @Test
    void aFileShorterThanTheListSaysIsDeliveredAsBroken() throws IOException {
        backup().photo(ONE, jpeg("one"));
        backup.photo("DCIM/100APPLE/IMG_0002.JPG", jpeg("two")).saying(1 << 20);
        backup.photo("DCIM/100APPLE/IMG_0003.JPG", jpeg("three")).saying(3);
        backup.photo("DCIM/100APPLE/IMG_0004.JPG", jpeg("four")).saying(Long.MAX_VALUE);
        try (MediaSource source = open()) {
            Listing listing = complete(source.list());
            assertEquals(
                    List.of(false, true, false, true),
                    listing.files().stream().map(source::isBroken).toList());
            assertEquals(4, Drained.all(source).whole().size());
        }
    }

    @Test
    void aFileWithAnotherChecksumThanTheListSaysIsKnownAsBroken() throws IOException {
        backup().photo(ONE, jpeg("one")).withDigest();
        backup.photo("DCIM/100APPLE/IMG_0002.JPG", jpeg("two")).withDigest().damaged();
        try (MediaSource source = open()) {
            List<MediaFile> files = source.list().files();
            assertEquals(2, Drained.all(source).whole().size());
            assertFalse(source.isBroken(files.get(0)));
            assertTrue(source.isBroken(files.get(1)));
        }
    }

    @Test
    void linesBeyondTheMemoryLimitAreCounted() throws IOException {
        backup();
        for (int i = 0; i < 30; i++) {
            backup.photo("DCIM/100APPLE/IMG_%04d.JPG".formatted(i), jpeg("photo " + i));
        }
        var few = new ListingLimits(20, 100_000, 8);
        try (MediaSource source = PhoneBackup.of(backup.write()).open(Scope.USUAL, Backups.PLAIN, few)) {
            Listing listing = complete(source.list());
            assertEquals(20, listing.files().size());
            assertTrue(listing.unreadable().get(0).message().contains("10 more"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theFolderIsNeverWrittenTo(boolean log) throws IOException {
        backup().photo(ONE, jpeg("one"));
        Path root = (log ? backup.withLog() : backup).write();
        var before = Backups.state(root);
        try (MediaSource source = PhoneBackup.of(root).open(Scope.USUAL, Backups.PLAIN)) {
            assertEquals(List.of(ONE), paths(complete(source.list())));
            assertEquals(1, Drained.all(source).whole().size());
        }
        assertEquals(before, Backups.state(root));
    }

    @Test
    void anInvalidListIsRefusedWithAReason() throws IOException {
        backup().photo(ONE, jpeg("one"));
        Path root = backup.write();
        byte[] list = Files.readAllBytes(root.resolve("Manifest.db"));
        byte[] zeros = list.clone();
        Arrays.fill(zeros, 100, zeros.length, (byte) 0);
        for (byte[] bad : List.of(zeros, Arrays.copyOf(list, 5000), Arrays.copyOf(list, 16))) {
            Files.write(root.resolve("Manifest.db"), bad);
            IOException refused =
                    assertThrows(IOException.class, () -> PhoneBackup.of(root).open(Scope.USUAL, Backups.PLAIN));
            assertTrue(refused.getMessage().contains("Manifest.db"), refused::getMessage);
        }
    }

    @Test
    void otherFilesOfTheBackupAreCountedAndNotRead() throws IOException {
        backup().photo(ONE, jpeg("one"));
        backup.file("AppDomainGroup-group.com.apple.VoiceMemos.shared", "Recordings/20240506 101112.m4a", new byte[9]);
        backup.file("MediaDomain", "Media/Recordings/20190506.m4a", new byte[9]);
        backup.file("MediaDomain", "Library/SMS/Attachments/ab/11/X/IMG_0001.HEIC", new byte[9]);
        backup.file("AppDomainGroup-group.net.whatsapp.WhatsApp.shared", "Message/Media/1/a.jpg", new byte[9]);
        backup.file("AppDomain-com.example", "Documents/a.txt", new byte[9]);
        try (MediaSource source = open()) {
            assertEquals(List.of(ONE), paths(complete(source.list())));
            String remark = String.join(" ", source.remarks());
            assertTrue(
                    remark.contains("2 voice memos, 1 photo or video in messages, 1 photo or video in WhatsApp."),
                    remark);
        }
    }

    @Test
    void anUnfinishedBackupIsReportedAsSuch() throws IOException {
        backup().state("uploading").photo(ONE, jpeg("one"));
        try (MediaSource source = open()) {
            assertTrue(source.remarks().get(0).contains("uploading"));
            assertTrue(source.remarks().get(1).contains("2026-11-02 with iOS 17.5, as an update"));
        }
    }

    @Test
    void aPropertyListThatIsABombOrNoneIsPassedOver() throws IOException {
        backup().photo(ONE, jpeg("one"));
        Path root = backup.write();
        String bomb = "<?xml version=\"1.0\"?><!DOCTYPE p [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>"
                + "<plist><dict><key>Device Name</key><string>&b;</string></dict></plist>";
        for (String name : List.of("Info.plist", "Manifest.plist", "Status.plist")) {
            Files.writeString(root.resolve(name), bomb);
        }
        try (MediaSource source = PhoneBackup.of(root).open(Scope.USUAL, Backups.PLAIN)) {
            assertEquals("iPhone", source.id().name());
            assertEquals(List.of(ONE), paths(complete(source.list())));
        }
    }

    @Test
    void aBackupThatIsBeingMadeIsNotReadOn() throws IOException {
        backup().photo(ONE, jpeg("one"));
        Path root = backup.write();
        try (MediaSource source = PhoneBackup.of(root).open(Scope.USUAL, Backups.PLAIN)) {
            MediaFile file = source.list().files().get(0);
            Files.setLastModifiedTime(
                    root.resolve("Manifest.db"), FileTime.from(Instant.parse("2030-01-01T00:00:00Z")));
            assertThrows(SourceException.Lost.class, source::list);
            assertThrows(SourceException.Lost.class, () -> source.read(List.of(new MediaSource.Request(file, 0))));
        }
    }

    @Test
    void aBackupOnALostDiskIsALostSource() throws IOException {
        backup().photo(ONE, jpeg("one"));
        Path root = backup.write();
        try (MediaSource source = PhoneBackup.of(root).open(Scope.USUAL, Backups.PLAIN)) {
            List<MediaSource.Request> requests =
                    List.of(new MediaSource.Request(source.list().files().get(0), 0));
            Files.move(root, folder.resolve("elsewhere"));
            assertThrows(SourceException.Lost.class, source::list);
            assertThrows(SourceException.Lost.class, () -> source.read(requests));
        }
    }
}
