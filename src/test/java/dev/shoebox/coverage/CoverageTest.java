package dev.shoebox.coverage;

import dev.shoebox.coverage.AssetCoverage.Confidence;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.LibraryAsset;
import dev.shoebox.photos.LibraryAsset.Original;
import dev.shoebox.photos.LibraryAsset.Trait;
import dev.shoebox.photos.LibraryAsset.Upload;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.Unreadable;
import org.junit.jupiter.api.Test;

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

import static dev.shoebox.coverage.CoverageClass.IN_ICLOUD_AND_ON_PHONE;
import static dev.shoebox.coverage.CoverageClass.ONLY_IN_ICLOUD;
import static dev.shoebox.coverage.CoverageClass.ONLY_ON_PHONE;
import static dev.shoebox.coverage.CoverageClass.PART_MISSING;
import static dev.shoebox.coverage.CoverageClass.UNKNOWN;
import static dev.shoebox.coverage.CoverageClass.WAITING_FOR_ICLOUD;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** The location of an asset follows from the listing and the library, in this order. */
class CoverageTest {
    private static final String HEIC = "DCIM/100APPLE/IMG_0001.HEIC";
    private static final String MOV = "DCIM/100APPLE/IMG_0001.MOV";
    private static final String DNG = "DCIM/100APPLE/IMG_0001.DNG";

    private static final Optional<Boolean> YES = Optional.of(true);
    private static final Optional<Boolean> NO = Optional.of(false);
    private static final Optional<Boolean> UNSAID = Optional.empty();

    private static Listing listing(String... paths) {
        return new Listing(
                Arrays.stream(paths)
                        .map(path -> new MediaFile(path, 10, Instant.EPOCH, Optional.empty()))
                        .toList(),
                List.of());
    }

    private static Original original(Role role, Optional<Boolean> here, Optional<Boolean> inCloud) {
        return new Original(role, here, inCloud, OptionalLong.of(7));
    }

    private static LibraryAsset known(String path, Upload upload, Set<Trait> traits, Original... originals) {
        return new LibraryAsset(
                path,
                path.endsWith("MOV") ? Role.VIDEO : Role.PHOTO,
                traits,
                new LibraryAsset.Taken(
                        Optional.of(Instant.parse("2023-12-31T23:30:00Z")),
                        Optional.of(ZoneOffset.ofHours(2)),
                        Optional.empty(),
                        Optional.empty()),
                new LibraryAsset.Words(Optional.empty(), Optional.empty(), Optional.empty(), List.of()),
                new LibraryAsset.Membership(List.of(), Optional.empty()),
                new LibraryAsset.OriginalFiles(upload, List.of(originals)));
    }

    private static LibraryAsset photo(Upload upload, Original... originals) {
        return known(HEIC, upload, Set.of(), originals);
    }

    private static Map<String, CoverageClass> coverage(
            Listing listing, Optional<Boolean> icloud, LibraryAsset... known) {
        Map<String, CoverageClass> found = new TreeMap<>();
        Library told = new Library(List.of(known));
        for (AssetCoverage each :
                Coverage.of(listing, icloud.map(told::withICloud).orElse(told))) {
            assertEquals(null, found.put(each.path(), each.whereabouts()), each.path() + " in two classes");
        }
        return found;
    }

    private static void assertIs(CoverageClass expected, Listing listing, LibraryAsset known) {
        assertEquals(Map.of(known.path(), expected), coverage(listing, YES, known));
    }

    @Test
    void aListedFileIsOnThePhoneWhateverTheLibrarySays() {
        for (Optional<Boolean> here : List.of(YES, NO, UNSAID)) {
            for (Optional<Boolean> inCloud : List.of(YES, NO, UNSAID)) {
                Original said = original(Role.PHOTO, here, inCloud);
                assertIs(ONLY_ON_PHONE, listing(HEIC), photo(Upload.NOT_UPLOADED, said));
                assertIs(WAITING_FOR_ICLOUD, listing(HEIC), photo(Upload.PENDING, said));
                assertIs(IN_ICLOUD_AND_ON_PHONE, listing(HEIC), photo(Upload.UPLOADED, said));
                assertIs(UNKNOWN, listing(HEIC), photo(Upload.UNKNOWN, said));
            }
        }
        assertIs(ONLY_ON_PHONE, listing(HEIC), photo(Upload.NOT_UPLOADED));
        assertIs(IN_ICLOUD_AND_ON_PHONE, listing(HEIC), photo(Upload.UPLOADED));
    }

    @Test
    void anUnlistedFileIsInIcloudIfAnyColumnSaysSoElseUnknown() {
        Original gone = original(Role.PHOTO, NO, YES);
        for (Upload upload : Upload.values()) {
            assertIs(ONLY_IN_ICLOUD, listing(), photo(upload, gone));
            assertIs(ONLY_IN_ICLOUD, listing(), photo(upload, original(Role.PHOTO, YES, YES)));
            CoverageClass byUpload = upload == Upload.UPLOADED ? ONLY_IN_ICLOUD : UNKNOWN;
            assertIs(byUpload, listing(), photo(upload));
            assertIs(byUpload, listing(), photo(upload, original(Role.PHOTO, NO, NO)));
            assertIs(byUpload, listing(), photo(upload, original(Role.PHOTO, NO, UNSAID)));
        }
    }

    @Test
    void anOriginalPartThatIsNotListedCountsOnceThePhotoIsInIcloud() {
        Original still = original(Role.PHOTO, YES, YES);
        Original film = original(Role.PAIRED_VIDEO, NO, YES);
        Original raw = original(Role.ALTERNATE_PHOTO, NO, YES);
        for (Original part : List.of(film, raw)) {
            assertIs(ONLY_ON_PHONE, listing(HEIC), photo(Upload.NOT_UPLOADED, still, part));
            assertIs(WAITING_FOR_ICLOUD, listing(HEIC), photo(Upload.PENDING, still, part));
            assertIs(PART_MISSING, listing(HEIC), photo(Upload.UPLOADED, still, part));
            assertIs(PART_MISSING, listing(HEIC), photo(Upload.UNKNOWN, still, part));
            assertIs(ONLY_IN_ICLOUD, listing(), photo(Upload.UPLOADED, original(Role.PHOTO, NO, YES), part));
        }
        assertIs(IN_ICLOUD_AND_ON_PHONE, listing(HEIC, MOV), photo(Upload.UPLOADED, still, film));
        assertIs(IN_ICLOUD_AND_ON_PHONE, listing(HEIC, DNG), photo(Upload.UPLOADED, still, raw));
        assertIs(PART_MISSING, listing(HEIC, DNG), photo(Upload.UPLOADED, still, raw, film));
    }

    @Test
    void aLivePhotoWithoutARowForItsFilmIsJudgedByTheListing() {
        LibraryAsset live = known(HEIC, Upload.UPLOADED, Set.of(Trait.LIVE));
        assertIs(PART_MISSING, listing(HEIC), live);
        assertIs(IN_ICLOUD_AND_ON_PHONE, listing(HEIC, MOV), live);
    }

    @Test
    void theFilmOfALivePhotoWithItsStillInIcloudIsNotASeparatePhoto() {
        assertIs(
                ONLY_IN_ICLOUD,
                listing(MOV),
                known(HEIC, Upload.UPLOADED, Set.of(Trait.LIVE), original(Role.PHOTO, NO, YES)));
    }

    @Test
    void anEditDoesNotHideThatItsOriginalIsInIcloud() {
        assertIs(
                ONLY_IN_ICLOUD,
                listing("PhotoData/Mutations/DCIM/100APPLE/IMG_0001/Adjustments/FullSizeRender.jpg"),
                photo(Upload.UPLOADED, original(Role.PHOTO, NO, YES)));
    }

    @Test
    void twoAssetsThatShareANameAreTwo() {
        String png = "DCIM/100APPLE/IMG_0001.PNG";
        assertEquals(
                Map.of(HEIC, ONLY_ON_PHONE, png, IN_ICLOUD_AND_ON_PHONE, MOV, WAITING_FOR_ICLOUD),
                coverage(
                        listing(HEIC, png, MOV),
                        YES,
                        photo(Upload.NOT_UPLOADED),
                        known(png, Upload.UPLOADED, Set.of()),
                        known(MOV, Upload.PENDING, Set.of())));
        // A still that the library does not know is not lost behind a film that it knows.
        assertEquals(
                Map.of(HEIC, UNKNOWN, MOV, WAITING_FOR_ICLOUD),
                coverage(listing(HEIC, MOV), YES, known(MOV, Upload.PENDING, Set.of())));
        assertEquals(
                Map.of(HEIC, ONLY_IN_ICLOUD, png, UNKNOWN),
                coverage(listing(png), YES, photo(Upload.UPLOADED, original(Role.PHOTO, NO, YES))));
    }

    @Test
    void filesThatTheLibraryDoesNotKnowAreUnknownUnlessIcloudIsOff() {
        assertEquals(Map.of(HEIC, UNKNOWN), coverage(listing(HEIC, MOV), YES));
        assertEquals(Map.of(HEIC, UNKNOWN), coverage(listing(HEIC, MOV), Optional.empty()));
        assertEquals(Map.of(HEIC, ONLY_ON_PHONE), coverage(listing(HEIC, MOV), NO));
        List<AssetCoverage> without = Coverage.of(listing(HEIC, MOV), Library.NONE);
        assertEquals(1, without.size());
        assertEquals(UNKNOWN, without.get(0).whereabouts());
    }

    @Test
    void withIcloudOffListedFilesAreOnlyOnThePhone() {
        assertEquals(Map.of(HEIC, ONLY_ON_PHONE), coverage(listing(HEIC), NO, photo(Upload.UNKNOWN)));
        assertEquals(
                Map.of(HEIC, ONLY_ON_PHONE),
                coverage(listing(HEIC), NO, known(HEIC, Upload.NOT_UPLOADED, Set.of(Trait.LIVE))));
        assertEquals(Map.of(HEIC, UNKNOWN), coverage(listing(), NO, photo(Upload.NOT_UPLOADED)));
    }

    @Test
    void copiesInSharedAlbumsBelongToOthers() {
        String copy = "PhotoData/PhotoCloudSharingData/1/A/100CLOUD/IMG_0001.JPG";
        LibraryAsset shared = known(copy, Upload.NOT_UPLOADED, Set.of(Trait.SHARED_COPY));
        assertEquals(Map.of(), coverage(listing(), YES, shared));
        assertEquals(Map.of(copy, ONLY_ON_PHONE), coverage(listing(copy), YES, shared));
    }

    @Test
    void filesInAnUnreadableFolderAreNotAbsent() {
        Listing closed = new Listing(
                List.of(),
                List.of(new Unreadable("DCIM/100APPLE", Unreadable.Reason.DENIED, "The iPhone does not permit it.")));
        assertIs(UNKNOWN, closed, photo(Upload.UPLOADED));
        assertIs(ONLY_IN_ICLOUD, closed, photo(Upload.UPLOADED, original(Role.PHOTO, NO, YES)));
        Listing filmClosed = new Listing(
                listing(HEIC).files(), List.of(new Unreadable(MOV, Unreadable.Reason.READ_ERROR, "It failed.")));
        assertIs(IN_ICLOUD_AND_ON_PHONE, filmClosed, known(HEIC, Upload.UPLOADED, Set.of(Trait.LIVE)));
    }

    @Test
    void ofTwoRowsForOnePathTheOneOutsideTheTrashCounts() {
        assertEquals(
                Map.of(HEIC, IN_ICLOUD_AND_ON_PHONE),
                coverage(
                        listing(HEIC),
                        YES,
                        known(HEIC, Upload.NOT_UPLOADED, Set.of(Trait.TRASHED)),
                        photo(Upload.UPLOADED)));
    }

    @Test
    void sizeDateAndConfidenceAreShown() {
        List<AssetCoverage> found = new ArrayList<>(Coverage.of(
                listing(HEIC, MOV, "DCIM/100APPLE/IMG_0002.JPG"),
                new Library(List.of(
                                known(HEIC, Upload.UPLOADED, Set.of(Trait.LIVE)),
                                known(
                                        "DCIM/100APPLE/IMG_0003.HEIC",
                                        Upload.UPLOADED,
                                        Set.of(),
                                        original(Role.PHOTO, NO, YES),
                                        original(Role.PAIRED_VIDEO, NO, YES))))
                        .withICloud(true)));
        assertEquals(
                List.of(20L, 14L, 10L), found.stream().map(AssetCoverage::bytes).toList());
        assertEquals(
                List.of(Confidence.HIGH, Confidence.HIGH, Confidence.LOW),
                found.stream().map(AssetCoverage::confidence).toList());
    }
}
