package dev.shoebox.photos.sorting;

import dev.shoebox.photos.Asset;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.source.MediaFile;
import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class AssetGroupingTest {
    private static final String EDIT = "PhotoData/Mutations/DCIM/100APPLE/IMG_0001/Adjustments/";

    private static List<Asset> group(String... paths) {
        return AssetGrouping.group(
                Arrays.stream(paths).map(AssetGroupingTest::file).toList());
    }

    private static MediaFile file(String path) {
        return new MediaFile(path, 1, Instant.EPOCH, Optional.empty());
    }

    /** {@code KEY: ROLE path, ROLE path}. */
    private static String text(Asset asset) {
        List<String> parts = asset.resources().stream()
                .map(r -> r.role() + " " + r.file().path())
                .toList();
        return asset.key() + ": " + String.join(", ", parts);
    }

    private static void assertGroups(List<Asset> assets, String... expected) {
        assertEquals(
                List.of(expected), assets.stream().map(AssetGroupingTest::text).toList());
    }

    @Test
    void aLivePhotoIsOneAssetWithItsStillFirst() {
        assertGroups(
                group("DCIM/100APPLE/IMG_0001.MOV", "DCIM/100APPLE/IMG_0001.HEIC"),
                "DCIM/100APPLE/IMG_0001: PHOTO DCIM/100APPLE/IMG_0001.HEIC, PAIRED_VIDEO DCIM/100APPLE/IMG_0001.MOV");
        assertEquals("IMG_0001", group("DCIM/100APPLE/IMG_0001.MOV").get(0).name());
    }

    @Test
    void filesOfManyFoldersComeInTheOrderInWhichTheyAreListed() {
        String lost = "PhotoData/Mutations/DCIM/101APPLE/IMG_0009/Adjustments/Adjustments.plist";
        assertGroups(
                group(
                        "DCIM/101APPLE/IMG_0001.JPG",
                        "DCIM/100APPLE/IMG_0001.MOV",
                        EDIT + "FullSizeRender.jpg",
                        "DCIM/101APPLE/IMG_0002.PNG",
                        lost,
                        "DCIM/100APPLE/IMG_0002.JPG",
                        "DCIM/101APPLE/IMG_0001.MOV",
                        "DCIM/101APPLE/IMG_0002.JPG",
                        "DCIM/100APPLE/IMG_0001.HEIC"),
                "DCIM/101APPLE/IMG_0001: PHOTO DCIM/101APPLE/IMG_0001.JPG, PAIRED_VIDEO DCIM/101APPLE/IMG_0001.MOV",
                "DCIM/100APPLE/IMG_0001: PHOTO DCIM/100APPLE/IMG_0001.HEIC, PAIRED_VIDEO DCIM/100APPLE/IMG_0001.MOV,"
                        + " FULL_SIZE_PHOTO " + EDIT + "FullSizeRender.jpg",
                "DCIM/101APPLE/IMG_0002: PHOTO DCIM/101APPLE/IMG_0002.JPG",
                "DCIM/101APPLE/IMG_0002.PNG: PHOTO DCIM/101APPLE/IMG_0002.PNG",
                "DCIM/101APPLE/IMG_0009: ADJUSTMENT_DATA " + lost,
                "DCIM/100APPLE/IMG_0002: PHOTO DCIM/100APPLE/IMG_0002.JPG");
    }

    @Test
    void anExportsEditLiesBesideItsOriginal() {
        assertGroups(
                group("a/IMG_0003.HEIC", "a/IMG_0003-edited.jpg", "a/IMG_0003.MP4", "a/IMG_0003-edited.mp4"),
                "a/IMG_0003: PHOTO a/IMG_0003.HEIC, FULL_SIZE_PHOTO a/IMG_0003-edited.jpg,"
                        + " PAIRED_VIDEO a/IMG_0003.MP4, FULL_SIZE_PAIRED_VIDEO a/IMG_0003-edited.mp4");
        assertGroups(
                group("a/b-bearbeitet(1).jpg", "a/b(1).jpg", "a/b.jpg"),
                "a/b(1): PHOTO a/b(1).jpg, FULL_SIZE_PHOTO a/b-bearbeitet(1).jpg",
                "a/b: PHOTO a/b.jpg");
        assertGroups(group("c-modifi\u00e9.mp4", "c.mov"), "c: VIDEO c.mov, FULL_SIZE_VIDEO c-modifi\u00e9.mp4");
        assertGroups(
                group("d_EFFECTS.jpg", "d_EFFECTS-измененный.jpg"),
                "d_EFFECTS: PHOTO d_EFFECTS.jpg, FULL_SIZE_PHOTO d_EFFECTS-измененный.jpg");
    }

    @Test
    void companionsInAnotherCaseBelongToTheirPhoto() {
        assertGroups(
                group("a/IMG_10.JPG", "a/img_10.xmp", "a/IMG_10.jpg.txt", "a/img_10.aae"),
                "a/IMG_10: PHOTO a/IMG_10.JPG, ADJUSTMENT_DATA a/img_10.xmp, OTHER a/IMG_10.jpg.txt,"
                        + " ADJUSTMENT_DATA a/img_10.aae");
        assertGroups(
                group("a/img_10.jpg", "a/IMG_10.JPG", "a/img_10.aae", "a/IMG_10.AAE"),
                "a/img_10: PHOTO a/img_10.jpg, ADJUSTMENT_DATA a/img_10.aae",
                "a/IMG_10: PHOTO a/IMG_10.JPG, ADJUSTMENT_DATA a/IMG_10.AAE");
    }

    @Test
    void theEditsOfAPhoneAreKnownInLowerCase() {
        assertGroups(
                group("img_0001.jpg", "img_0001.aae", "img_e0001.jpg", "img_o0001.aae"),
                "img_0001: PHOTO img_0001.jpg, ADJUSTMENT_DATA img_0001.aae, FULL_SIZE_PHOTO img_e0001.jpg,"
                        + " ADJUSTMENT_DATA img_o0001.aae");
    }

    @Test
    void theCompanionsOfAnEditAreStoredWithIt() {
        assertGroups(
                group("IMG_0001.JPG", "IMG_0001.AAE", "IMG_E0001.JPG", "IMG_O0001.AAE", "IMG_E0001.xmp"),
                "IMG_0001: PHOTO IMG_0001.JPG, ADJUSTMENT_DATA IMG_0001.AAE, FULL_SIZE_PHOTO IMG_E0001.JPG,"
                        + " ADJUSTMENT_DATA IMG_O0001.AAE, ADJUSTMENT_DATA IMG_E0001.xmp");
        assertGroups(
                group("b.jpg", "b.jpg.json", "b-edited.jpg", "b-edited.jpg.json"),
                "b: PHOTO b.jpg, OTHER b.jpg.json, FULL_SIZE_PHOTO b-edited.jpg, OTHER b-edited.jpg.json");
    }

    @Test
    void aNameLikeAnEditsIsAPhotoWhereItsOriginalIsNot() {
        assertGroups(
                group("IMG_0003-edited.jpg", "a/IMG_0003.jpg"),
                "IMG_0003-edited: PHOTO IMG_0003-edited.jpg",
                "a/IMG_0003: PHOTO a/IMG_0003.jpg");
    }

    @Test
    void theFilmOfAMotionPhotoIsItsMovingHalf() {
        assertGroups(
                group("PXL_1.MP", "PXL_1.MP.jpg", "PXL_2.MP~2", "PXL_2.MP~2.jpg", "PXL_3.MP", "PXL_3.jpg"),
                "PXL_1.MP: PHOTO PXL_1.MP.jpg, PAIRED_VIDEO PXL_1.MP",
                "PXL_2.MP~2: PHOTO PXL_2.MP~2.jpg, PAIRED_VIDEO PXL_2.MP~2",
                "PXL_3: PHOTO PXL_3.jpg, PAIRED_VIDEO PXL_3.MP");
        assertGroups(group("PXL_1.MP"), "PXL_1: VIDEO PXL_1.MP");
    }

    @Test
    void aNameThatRecursInAnotherFolderIsAnotherAsset() {
        assertGroups(
                group("DCIM/100APPLE/IMG_0001.HEIC", "DCIM/101APPLE/IMG_0001.MOV", "IMG_0001.JPG"),
                "DCIM/100APPLE/IMG_0001: PHOTO DCIM/100APPLE/IMG_0001.HEIC",
                "DCIM/101APPLE/IMG_0001: VIDEO DCIM/101APPLE/IMG_0001.MOV",
                "IMG_0001: PHOTO IMG_0001.JPG");
    }

    @Test
    void caseMattersInNamesAndNotInExtensions() {
        assertGroups(
                group("d/a.heic", "d/A.MOV", "d/a.mOv"),
                "d/a: PHOTO d/a.heic, PAIRED_VIDEO d/a.mOv",
                "d/A: VIDEO d/A.MOV");
    }

    @Test
    void rawIsThePhotoAloneAndTheAlternateBesideAStill() {
        assertGroups(group("d/a.DNG"), "d/a: PHOTO d/a.DNG");
        assertGroups(group("d/a.DNG", "d/a.JPG"), "d/a: PHOTO d/a.JPG, ALTERNATE_PHOTO d/a.DNG");
        assertGroups(group("d/a.MOV", "d/a.DNG"), "d/a: PHOTO d/a.DNG, PAIRED_VIDEO d/a.MOV");
        assertGroups(group("d/a.CR2", "d/a.DNG"), "d/a: PHOTO d/a.CR2, ALTERNATE_PHOTO d/a.DNG");
    }

    @Test
    void aSecondStillOrFilmOfTheSameNameStandsAlone() {
        assertGroups(
                group("d/a.PNG", "d/a.HEIC", "d/a.AAE", "d/a.jpg"),
                "d/a: PHOTO d/a.HEIC, ADJUSTMENT_DATA d/a.AAE",
                "d/a.PNG: PHOTO d/a.PNG",
                "d/a.jpg: PHOTO d/a.jpg");
        assertGroups(
                group("d/a.MP4", "d/a.MOV", "d/a.HEIC"),
                "d/a: PHOTO d/a.HEIC, PAIRED_VIDEO d/a.MOV",
                "d/a.MP4: VIDEO d/a.MP4");
        assertGroups(group("d/a.AVI", "d/a.JPG"), "d/a: PHOTO d/a.JPG", "d/a.AVI: VIDEO d/a.AVI");
        assertGroups(group("d/a.mp4", "d/a.mov"), "d/a: VIDEO d/a.mov", "d/a.mp4: VIDEO d/a.mp4");
        assertGroups(group("d/a.DNG", "d/a.dng"), "d/a: PHOTO d/a.DNG", "d/a.dng: PHOTO d/a.dng");
    }

    @Test
    void anEditJoinsItsOriginalThroughItsPath() {
        assertGroups(
                group(
                        "DCIM/100APPLE/IMG_0001.HEIC",
                        "DCIM/100APPLE/IMG_0001.MOV",
                        EDIT + "Adjustments.plist",
                        EDIT + "FullSizeRender.heic",
                        EDIT + "FullSizeRender.mov",
                        EDIT + "0A1B.JPG",
                        EDIT + "AdjustmentsSecondary.data",
                        EDIT + "readme"),
                "DCIM/100APPLE/IMG_0001: PHOTO DCIM/100APPLE/IMG_0001.HEIC,"
                        + " PAIRED_VIDEO DCIM/100APPLE/IMG_0001.MOV, ADJUSTMENT_DATA " + EDIT + "Adjustments.plist,"
                        + " FULL_SIZE_PHOTO " + EDIT + "FullSizeRender.heic,"
                        + " FULL_SIZE_PAIRED_VIDEO " + EDIT + "FullSizeRender.mov,"
                        + " ADJUSTMENT_BASE_PHOTO " + EDIT + "0A1B.JPG,"
                        + " ADJUSTMENT_DATA " + EDIT + "AdjustmentsSecondary.data, OTHER " + EDIT + "readme");
        assertGroups(
                group("old/" + EDIT + "FullSizeRender.mov", "old/DCIM/100APPLE/IMG_0001.MOV"),
                "old/DCIM/100APPLE/IMG_0001: VIDEO old/DCIM/100APPLE/IMG_0001.MOV," + " FULL_SIZE_VIDEO old/" + EDIT
                        + "FullSizeRender.mov");
    }

    @Test
    void anEditJoinsAnOriginalThatCameFromICloud() {
        String edit = "PhotoData/Mutations/PhotoData/CPLAssets/group1/UUID/Adjustments/FullSizeRender.jpg";
        assertGroups(
                group("PhotoData/CPLAssets/group1/UUID.JPG", edit),
                "PhotoData/CPLAssets/group1/UUID: PHOTO PhotoData/CPLAssets/group1/UUID.JPG, FULL_SIZE_PHOTO " + edit);
    }

    @Test
    void anEditWithoutItsOriginalIsAnAssetOfItsOwn() {
        assertGroups(
                group(EDIT + "Adjustments.plist", EDIT + "FullSizeRender.mov", EDIT + "FullSizeRender.jpg"),
                "DCIM/100APPLE/IMG_0001: FULL_SIZE_PHOTO " + EDIT + "FullSizeRender.jpg,"
                        + " ADJUSTMENT_DATA " + EDIT + "Adjustments.plist,"
                        + " FULL_SIZE_PAIRED_VIDEO " + EDIT + "FullSizeRender.mov");
        assertGroups(
                group(EDIT + "FullSizeRender.mov"),
                "DCIM/100APPLE/IMG_0001: FULL_SIZE_VIDEO " + EDIT + "FullSizeRender.mov");
    }

    @Test
    void editsAsCableProgramsNameThemAreUnderstoodBesideTheirOriginal() {
        assertGroups(
                group("d/IMG_E0001.HEIC", "d/IMG_E0001.MOV", "d/IMG_0001.AAE", "d/IMG_O0001.AAE", "d/IMG_0001.HEIC"),
                "d/IMG_0001: PHOTO d/IMG_0001.HEIC, FULL_SIZE_PHOTO d/IMG_E0001.HEIC,"
                        + " FULL_SIZE_PAIRED_VIDEO d/IMG_E0001.MOV,"
                        + " ADJUSTMENT_DATA d/IMG_0001.AAE, ADJUSTMENT_DATA d/IMG_O0001.AAE");
        assertGroups(
                group("d/IMG_0001.MOV", "d/IMG_E0001.MOV"),
                "d/IMG_0001: VIDEO d/IMG_0001.MOV, FULL_SIZE_VIDEO d/IMG_E0001.MOV");
        assertGroups(group("d/IMG_E0001.JPG"), "d/IMG_E0001: PHOTO d/IMG_E0001.JPG");
        assertGroups(
                group("d/IMG_E0001.JPG", "e/IMG_0001.JPG"),
                "d/IMG_E0001: PHOTO d/IMG_E0001.JPG",
                "e/IMG_0001: PHOTO e/IMG_0001.JPG");
    }

    @Test
    void anUnknownFileStaysWithItsPhotoOrStandsAlone() {
        assertGroups(group("d/a.XYZ", "d/a.JPG"), "d/a: PHOTO d/a.JPG, OTHER d/a.XYZ");
        assertGroups(group("d/a.XYZ", "d/b"), "d/a: OTHER d/a.XYZ", "d/b: OTHER d/b");
        assertGroups(group("d/.hidden", "d/.jpg"), "d/.hidden: OTHER d/.hidden", "d/.jpg: OTHER d/.jpg");
        assertGroups(group("d/a.AAE"), "d/a: ADJUSTMENT_DATA d/a.AAE");
    }

    @Test
    void noTwoAssetsShareAKey() {
        List<Asset> assets = group("d/a.HEIC", "d/a.PNG", "d/a.PNG.JPG", "d/a.PNG.png");
        assertEquals(4, assets.size());
        assertEquals(4, assets.stream().map(Asset::key).distinct().count());
    }

    @Test
    void companionsAreKnownByNameOrByPlace() {
        assertTrue(AssetGrouping.isMediaOrCompanion("d/a.HeIc"));
        assertTrue(AssetGrouping.isMediaOrCompanion("a.aae"));
        assertTrue(AssetGrouping.isMediaOrCompanion("x/" + EDIT + "Adjustments.plist"));
        assertFalse(AssetGrouping.isMediaOrCompanion("d/a.plist"));
        assertFalse(AssetGrouping.isMediaOrCompanion("d.jpg/a"));
        assertFalse(AssetGrouping.isMediaOrCompanion("MyPhotoData/Mutations/DCIM/1/2/Adjustments/a"));
    }

    @Test
    void everyFileOfALargeLibraryBelongsToExactlyOneAssetInWhateverOrder() {
        List<MediaFile> files = new ArrayList<>();
        String[] extensions = {"HEIC", "MOV", "AAE", "JPG", "DNG", "jpg", "xyz", "PNG"};
        Random random = new Random(7);
        for (int i = 0; files.size() < 120_000; i++) {
            String stem = "DCIM/" + (100 + i / 999) + "APPLE/IMG_" + (random.nextInt(4) == 0 ? "E" : "") + i % 9999;
            for (String extension : extensions) {
                if (random.nextInt(3) == 0) {
                    files.add(file(stem + "." + extension));
                }
            }
        }
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        List<Asset> assets = AssetGrouping.group(files);
        long millis = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1_000_000;

        List<MediaFile> grouped = assets.stream()
                .flatMap(a -> a.resources().stream())
                .map(Resource::file)
                .toList();
        assertEquals(files.size(), grouped.size());
        assertTrue(new HashSet<>(files).equals(new HashSet<>(grouped)));
        assertEquals(assets.size(), assets.stream().map(Asset::key).distinct().count());
        assertTrue(millis < 2_000, millis + " ms for " + files.size() + " files");
    }

    @Test
    void theOrderOfFilesDecidesNothing() {
        List<MediaFile> files = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            for (String name : List.of("HEIC", "MOV", "AAE", "JPG", "DNG", "dng", "CR2", "jpg", "xyz", "PNG", "mp4")) {
                if ((i * 31 + name.hashCode()) % 3 != 0) {
                    files.add(file("d/IMG_" + (i % 5 == 0 ? "E" : "") + i / 2 + "." + name));
                }
            }
        }
        files = new ArrayList<>(new HashSet<>(files));
        Set<String> expected = members(AssetGrouping.group(files));
        Random random = new Random(7);
        for (int round = 0; round < 20; round++) {
            Collections.shuffle(files, random);
            assertEquals(expected, members(AssetGrouping.group(files)));
        }
    }

    private static Set<String> members(List<Asset> assets) {
        return assets.stream()
                .map(a -> a.key()
                        + a.primary()
                        + a.resources().stream()
                                .map(Resource::toString)
                                .sorted()
                                .toList())
                .collect(Collectors.toSet());
    }
}
