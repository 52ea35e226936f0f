package dev.shoebox.device.afc;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.shoebox.TransportUnderTest;
import dev.shoebox.device.Plugged;
import dev.shoebox.device.Recording;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.Listings;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.MediaStream;
import dev.shoebox.photos.source.MediaStream.Bytes;
import dev.shoebox.photos.source.MediaStream.Piece;
import dev.shoebox.photos.source.MediaStream.Whole;
import dev.shoebox.photos.source.PassedOver;
import dev.shoebox.photos.source.PassedOver.Kind;
import dev.shoebox.photos.source.Scope;
import dev.shoebox.photos.source.Unreadable;
import dev.shoebox.photos.source.Unreadable.Reason;
import dev.shoebox.simulator.library.Libraries;
import dev.shoebox.simulator.phone.PhoneSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Everything that a phone lists is found, and its claims are trusted no further than necessary. */
@Tag(TransportUnderTest.TAG)
class MediaWalkTest {
    private static final int ABSENT = 8;
    private static final int DENIED = 10;

    private FileSystem disk;
    private Plugged plugged;

    @BeforeEach
    void plugIn() throws IOException {
        disk = Jimfs.newFileSystem(Configuration.unix().toBuilder()
                .setAttributeViews("basic", "unix")
                .build());
        Files.createDirectories(disk.getPath("/media"));
        plugged = Plugged.in(
                PhoneSettings.of(Libraries.folder(disk.getPath("/media"))).withPaired(true));
    }

    @AfterEach
    void unplug() throws IOException {
        assertEquals(0, plugged.phone.observed().writeOperations());
        plugged.close();
        disk.close();
    }

    private Path put(String... paths) throws IOException {
        Path file = disk.getPath("/media");
        for (String path : paths) {
            file = disk.getPath("/media", path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, path);
        }
        return file;
    }

    private Listing list() throws IOException {
        try (MediaSource photos = plugged.photos()) {
            return photos.list();
        }
    }

    private static List<String> paths(Listing listing) {
        return listing.files().stream().map(MediaFile::path).toList();
    }

    @Test
    void everythingAPhoneKeepsIsFoundWithEditsBehindTheirOriginals() throws IOException {
        put(
                "DCIM/100APPLE/IMG_0001.HEIC",
                "DCIM/100APPLE/IMG_0001.MOV",
                "DCIM/100APPLE/IMG_0002.HEIC",
                "DCIM/101IMPRT/DSC_0001.JPG",
                "DCIM/100CLOUD/a/b/c/deep.png",
                "PhotoData/CPLAssets/group1/0A1B.JPG",
                "PhotoData/Mutations/DCIM/100APPLE/IMG_0001/Adjustments/FullSizeRender.heic",
                "PhotoData/Mutations/DCIM/100APPLE/IMG_0001/Adjustments/Adjustments.plist");
        Listing listing = list();
        assertEquals(
                List.of(
                        "DCIM/100APPLE/IMG_0001.HEIC",
                        "DCIM/100APPLE/IMG_0001.MOV",
                        "PhotoData/Mutations/DCIM/100APPLE/IMG_0001/Adjustments/Adjustments.plist",
                        "PhotoData/Mutations/DCIM/100APPLE/IMG_0001/Adjustments/FullSizeRender.heic",
                        "DCIM/100APPLE/IMG_0002.HEIC",
                        "DCIM/100CLOUD/a/b/c/deep.png",
                        "DCIM/101IMPRT/DSC_0001.JPG",
                        "PhotoData/CPLAssets/group1/0A1B.JPG"),
                paths(listing));
        assertEquals(List.of(), listing.unreadable());
    }

    @Test
    void otherFilesAreNotListed() throws IOException {
        put(
                "DCIM/.MISC/Info.plist",
                "DCIM/.DS_Store",
                "DCIM/100APPLE/._IMG_0001.JPG",
                "PhotoData/Photos.sqlite",
                "PhotoData/Thumbnails/V2/DCIM/100APPLE/IMG_0001.JPG/5003.JPG",
                "PhotoData/Mutations/DCIM/100APPLE/IMG_0001/other.plist",
                "Books/a.jpg");
        Path outside = Files.writeString(disk.getPath("/secret.jpg"), "secret");
        Files.createDirectories(disk.getPath("/media/DCIM/100APPLE"));
        Files.createSymbolicLink(disk.getPath("/media/DCIM/100APPLE/link.jpg"), outside);
        Files.createSymbolicLink(disk.getPath("/media/DCIM/102APPLE"), disk.getPath("/media"));
        Listing listing = list();
        assertEquals(List.of(), listing.files());
        assertEquals(List.of(), listing.unreadable());
        assertTrue(Listings.isComplete(listing));
        assertEquals(
                Map.of(
                        "DCIM/.MISC", Kind.SYSTEM,
                        "DCIM/.DS_Store", Kind.SYSTEM,
                        "DCIM/100APPLE/._IMG_0001.JPG", Kind.SYSTEM,
                        "DCIM/100APPLE/link.jpg", Kind.LINK,
                        "DCIM/102APPLE", Kind.LINK,
                        "PhotoData/Mutations/DCIM/100APPLE/IMG_0001/other.plist", Kind.DATA),
                listing.inventory().named().stream().collect(Collectors.toMap(PassedOver::path, PassedOver::kind)));
    }

    @Test
    void aPhoneWithoutASinglePhotoIsEmptyNotBroken() throws IOException {
        assertEquals(new Listing(List.of(), List.of()), list());
    }

    @Test
    void sizeAndTimesAreThoseOfThePhoneToTheNanosecond() throws IOException {
        Path file = put("DCIM/100APPLE/IMG_0001.JPG");
        Instant taken = Instant.parse("1969-07-20T20:17:40.123456789Z");
        Files.setLastModifiedTime(file, FileTime.from(taken));
        MediaFile listed = list().files().get(0);
        assertEquals(Files.size(file), listed.size());
        assertEquals(Files.getLastModifiedTime(file).toInstant(), listed.modified());
        assertTrue(listed.modified().isBefore(Instant.EPOCH));
        assertTrue(listed.created().isPresent());
    }

    @Test
    void aFolderThatMayNotBeReadIsReportedAndTheRestListed() throws IOException {
        put("DCIM/100APPLE/IMG_0001.JPG", "DCIM/101APPLE/IMG_0002.JPG");
        plugged.phone.faults().unreadableFolder("DCIM/101APPLE", DENIED);
        plugged.phone.faults().unreadableFolder("PhotoData/Mutations", DENIED);
        Listing listing = list();
        assertEquals(List.of("DCIM/100APPLE/IMG_0001.JPG"), paths(listing));
        assertEquals(
                Set.of("DCIM/101APPLE", "PhotoData/Mutations"),
                listing.unreadable().stream().map(Unreadable::path).collect(Collectors.toSet()));
        assertEquals(Reason.DENIED, listing.unreadable().get(0).reason());
    }

    @Test
    void aFolderThatIsThereAndCalledAbsentIsReported() throws IOException {
        put("DCIM/100APPLE/IMG_0001.JPG", "PhotoData/CPLAssets/group1/A.JPG");
        plugged.phone.faults().unreadableFolder("DCIM", ABSENT);
        Listing listing = list();
        assertEquals(List.of("PhotoData/CPLAssets/group1/A.JPG"), paths(listing));
        assertEquals(
                List.of("DCIM"),
                listing.unreadable().stream().map(Unreadable::path).toList());
    }

    @Test
    void aFolderThatIsCalledAbsentAndMayNotBeLookedAtIsReported() throws IOException {
        put("DCIM/100APPLE/IMG_0001.JPG");
        plugged.phone.faults().unreadableFolder("DCIM", ABSENT);
        plugged.phone.faults().deny("DCIM");
        assertEquals(
                List.of("DCIM"),
                list().unreadable().stream().map(Unreadable::path).toList());
    }

    @Test
    void namesThatAreHardOnUsArriveWithTheirBytes() throws IOException {
        put("DCIM/100APPLE/IMG_0001.JPG");
        byte[] nfc = "caf\u00e9.JPG".getBytes(UTF_8);
        byte[] nfd = "cafe\u0301.JPG".getBytes(UTF_8);
        List<byte[]> names = List.of(
                nfc,
                nfd,
                "img_0001.jpg".getBytes(UTF_8),
                "new\nline.jpg".getBytes(UTF_8),
                HexFormat.of().parseHex("ff80fe2e4a5047"),
                "\\xFF.JPG".getBytes(UTF_8),
                "a".repeat(255).getBytes(UTF_8),
                "CON .".getBytes(UTF_8));
        names.forEach(name -> plugged.phone.faults().hostileName("DCIM/100APPLE", name));
        try (MediaSource photos = plugged.photos()) {
            Listing listing = photos.list();
            assertEquals(List.of(), listing.unreadable());
            assertEquals(
                    names.size() + 1,
                    Set.copyOf(paths(listing)).size(),
                    paths(listing).toString());
            List<MediaSource.Request> requests = listing.files().stream()
                    .map(file -> new MediaSource.Request(file, 0))
                    .toList();
            try (MediaStream stream = photos.read(requests)) {
                for (int whole = 0; whole < requests.size(); ) {
                    Piece piece = stream.next();
                    if (piece instanceof Bytes part) {
                        part.release().run();
                    } else {
                        assertEquals(new Whole(requests.get(whole).file().path()), piece);
                        whole++;
                    }
                }
            }
        }
    }

    @Test
    void aNameCannotLeadOutOfItsFolder() throws IOException {
        put("DCIM/100APPLE/IMG_0001.JPG", "PhotoData/Photos.sqlite");
        for (String name : new String[] {"../../PhotoData/Photos.sqlite", "/etc/passwd", "a/b.jpg"}) {
            plugged.phone.faults().hostileName("DCIM/100APPLE", name.getBytes(UTF_8));
        }
        plugged.phone.faults().hostileName("DCIM/100APPLE", "..".getBytes(UTF_8));
        Listing listing = list();
        assertEquals(List.of("DCIM/100APPLE/IMG_0001.JPG"), paths(listing));
        assertEquals(3, listing.unreadable().size(), listing.unreadable().toString());
    }

    @Test
    void foldersWithoutEndAreLeftAtSomeDepth() throws IOException {
        put("DCIM/" + "d/".repeat(40) + "IMG_0001.JPG");
        Listing listing = list();
        assertEquals(List.of(), listing.files());
        assertEquals(1, listing.unreadable().size());
    }

    @Test
    void manyFilesAreAskedAboutAtOnce() throws IOException {
        for (int i = 0; i < 1500; i++) {
            put("DCIM/%dAPPLE/IMG_%04d.JPG".formatted(100 + i / 500, i));
        }
        assertEquals(1500, list().files().size());
        assertTrue(plugged.phone.observed().deepestPipeline() >= 64);
    }

    @Test
    void aPhotoWhoseNameBeginsWithADotIsAPhoto() throws IOException {
        put(
                "DCIM/100APPLE/.hidden.JPG",
                "DCIM/100APPLE/..\\..\\win.JPG",
                "DCIM/100APPLE/._IMG_0001.JPG",
                "DCIM/100APPLE/.DS_Store",
                "DCIM/.MISC/IMG_0001.JPG");
        assertEquals(Set.of("DCIM/100APPLE/.hidden.JPG", "DCIM/100APPLE/..\\..\\win.JPG"), Set.copyOf(paths(list())));
    }

    @Test
    void aFolderRefusedForAMomentIsListedAgain() throws IOException {
        Recording busy = new Recording()
                .status(1, 17)
                .status(2, 8)
                .status(3, 8)
                .data(4, ".\0..\0IMG_0001.JPG\0")
                .status(5, 20)
                .data(6, "st_ifmt\0S_IFREG\0st_size\00015\0st_mtime\0000\0");
        Listing listing = new MediaWalk(new AfcConnection(busy), Scope.USUAL).list();
        assertEquals(List.of("DCIM/IMG_0001.JPG"), paths(listing));
        assertEquals(List.of(), listing.unreadable());
    }

    @Test
    void aFolderRefusedForGoodIsNamedOnce() throws IOException {
        Recording failing = new Recording()
                .status(1, 4)
                .status(2, 8)
                .status(3, 8)
                .status(4, 4)
                .status(5, 4);
        Listing listing = new MediaWalk(new AfcConnection(failing), Scope.USUAL).list();
        assertEquals(
                List.of("DCIM"),
                listing.unreadable().stream().map(Unreadable::path).toList());
        assertTrue(failing.isPlayedOut());
    }

    /** By the numbers of the camera's folders; a folder of another pattern that sorts last is not one of them. */
    @Test
    void theFolderThatTheCameraFillsNowIsListedAlone() throws IOException {
        put("DCIM/100APPLE/IMG_0001.JPG", "DCIM/101APPLE/IMG_1001.JPG", "DCIM/101APPLE/IMG_1001.MOV");
        put("DCIM/zzz/x.JPG", "DCIM/MISC/y.JPG", "PhotoData/CPLAssets/group1/z.JPG");
        try (MediaSource photos = plugged.photos()) {
            assertEquals(List.of("DCIM/101APPLE/IMG_1001.JPG", "DCIM/101APPLE/IMG_1001.MOV"), paths(photos.newest()));
        }
    }

    @Test
    void aPhoneWithoutPhotosHasNoNewest() throws IOException {
        try (MediaSource photos = plugged.photos()) {
            assertEquals(List.of(), paths(photos.newest()));
        }
    }
}
