package dev.shoebox.destination;

import dev.shoebox.destination.disk.PathDisk;
import dev.shoebox.destination.naming.Layout;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.text.Sha256;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static dev.shoebox.destination.Backups.part;
import static dev.shoebox.destination.Backups.photo;
import static dev.shoebox.destination.Backups.shot;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Under which name a file is stored, and what counts as stored already. */
class StoringTest {
    private static final String FOLDER = "2024/05/";

    @TempDir
    Path folder;

    private Backups backups;

    @BeforeEach
    void begin() {
        backups = new Backups(folder.resolve("backup"));
    }

    private static Backups.Shot live(String folder, String photo, String video) {
        return shot(
                part(folder + "/IMG_0001.HEIC", Role.PHOTO, photo),
                part(folder + "/IMG_0001.MOV", Role.PAIRED_VIDEO, video));
    }

    static String digits(String content) {
        return HexFormat.of()
                .formatHex(Sha256.digest().digest(content.getBytes(StandardCharsets.UTF_8)))
                .substring(0, 8);
    }

    @Test
    void theFilesOfAnAssetShareOneStem() throws Exception {
        backups.run(shot(
                part("DCIM/100APPLE/IMG_0001.HEIC", Role.PHOTO, "still"),
                part("DCIM/100APPLE/IMG_0001.MOV", Role.PAIRED_VIDEO, "moving"),
                part("DCIM/100APPLE/IMG_0001.DNG", Role.ALTERNATE_PHOTO, "raw"),
                part("DCIM/100APPLE/IMG_0001.AAE", Role.ADJUSTMENT_DATA, "aae"),
                part("PhotoData/Mutations/x/Adjustments/FullSizeRender.heic", Role.FULL_SIZE_PHOTO, "edit"),
                part("PhotoData/Mutations/x/Adjustments/FullSizeRender.mov", Role.FULL_SIZE_PAIRED_VIDEO, "moved"),
                part("PhotoData/Mutations/x/Adjustments/Adjustments.plist", Role.ADJUSTMENT_DATA, "plist"),
                part("PhotoData/Mutations/x/Adjustments/UUID.JPG", Role.ADJUSTMENT_BASE_PHOTO, "base")));

        assertEquals(
                Map.of(
                        FOLDER + "IMG_0001.HEIC", "still",
                        FOLDER + "IMG_0001.MOV", "moving",
                        FOLDER + "IMG_0001.DNG", "raw",
                        FOLDER + "IMG_0001.AAE", "aae",
                        FOLDER + "IMG_0001_edited.heic", "edit",
                        FOLDER + "IMG_0001_edited.mov", "moved",
                        FOLDER + "IMG_0001_adjustments.plist", "plist",
                        FOLDER + "IMG_0001_base.JPG", "base"),
                backups.photos());
        assertEquals("", backups.sha256sum());
    }

    @Test
    void severalFilesOfOneRoleNeverCollide() throws Exception {
        backups.run(shot(
                part("DCIM/100APPLE/IMG_0001.HEIC", Role.PHOTO, "still"),
                part("PhotoData/Mutations/x/A.JPG", Role.ADJUSTMENT_BASE_PHOTO, "one"),
                part("PhotoData/Mutations/x/B.JPG", Role.ADJUSTMENT_BASE_PHOTO, "two")));

        assertEquals(
                Map.of(
                        FOLDER + "IMG_0001.HEIC", "still",
                        FOLDER + "IMG_0001_base.JPG", "one",
                        FOLDER + "IMG_0001_base-" + digits("two") + ".JPG", "two"),
                backups.photos());
    }

    @Test
    void aClashGivesTheWholeAssetOneSuffixFromItsContent() throws Exception {
        backups.run(live("DCIM/100APPLE", "a", "b"), live("DCIM/101APPLE", "sea", "dee"));

        String other = FOLDER + "IMG_0001-" + digits("sea");
        assertEquals(
                Map.of(
                        FOLDER + "IMG_0001.HEIC",
                        "a",
                        FOLDER + "IMG_0001.MOV",
                        "b",
                        other + ".HEIC",
                        "sea",
                        other + ".MOV",
                        "dee"),
                backups.photos());
    }

    @Test
    void anotherAssetNeverGetsAStemInUse() throws Exception {
        backups.run(
                photo("DCIM/100APPLE/IMG_0001.HEIC", "photo"),
                shot(part("DCIM/101APPLE/IMG_0001.MOV", Role.VIDEO, "another clip")));

        assertEquals(
                Set.of(FOLDER + "IMG_0001.HEIC", FOLDER + "IMG_0001-" + digits("another clip") + ".MOV"),
                backups.photos().keySet());
    }

    @Test
    void adjustmentDataWithoutTheirOriginalStayWithTheirOwnAsset() throws Exception {
        var aae = part("DCIM/100APPLE/IMG_0002.AAE", Role.ADJUSTMENT_DATA, "same filter");
        backups.run(
                shot(
                        part("DCIM/100APPLE/IMG_0001.HEIC", Role.PHOTO, "one"),
                        part("DCIM/100APPLE/IMG_0001.AAE", Role.ADJUSTMENT_DATA, "same filter")),
                shot(aae));
        backups.run(shot(part("DCIM/100APPLE/IMG_0002.HEIC", Role.PHOTO, "two"), aae)
                .only(0));

        assertEquals(
                Map.of(
                        FOLDER + "IMG_0001.HEIC", "one",
                        FOLDER + "IMG_0001.AAE", "same filter",
                        FOLDER + "IMG_0002.AAE", "same filter",
                        FOLDER + "IMG_0002.HEIC", "two"),
                backups.photos());
    }

    @Test
    void adjustmentDataWithoutTheirOriginalAreStoredOnceWhenTheirTimeChanges() throws Exception {
        var aae = shot(part("DCIM/100APPLE/IMG_0002.AAE", Role.ADJUSTMENT_DATA, "filter"));
        backups.run(aae);
        var file = aae.parts().get(0).resource().file();
        var later = new MediaFile(file.path(), file.size(), file.modified().plusSeconds(1), file.created());
        var resource = new Resource(later, Role.ADJUSTMENT_DATA);
        backups.run(new Backups.Shot(
                new Asset(aae.asset().key(), aae.asset().name(), List.of(resource)),
                aae.captured(),
                List.of(new Backups.Part(resource, "filter"))));

        assertEquals(Map.of(FOLDER + "IMG_0002.AAE", "filter"), backups.photos());
    }

    @Test
    void anotherPhotoUnderAnOldBaseNameIsNotTheOldOne() throws Exception {
        backups.run(photo("DCIM/100CANON/IMG_0001.CR2", "before the card was formatted"));
        backups.run(photo("DCIM/100CANON/IMG_0001.JPG", "after").taken("2026-01-02T03:04:05"));

        assertEquals(
                Set.of(FOLDER + "IMG_0001.CR2", "2026/01/IMG_0001.JPG"),
                backups.photos().keySet());
    }

    @Test
    void namesThatDifferInCaseOrUnicodeFormAreAClash() throws Exception {
        backups.run(
                photo("DCIM/100APPLE/caf\u00e9.JPG", "composed"),
                photo("DCIM/100APPLE/cafe\u0301.JPG", "decomposed"),
                photo("DCIM/100APPLE/CAF\u00c9.jpg", "upper"));

        assertEquals(
                Set.of(
                        FOLDER + "caf\u00e9.JPG",
                        FOLDER + "caf\u00e9-" + digits("decomposed") + ".JPG",
                        FOLDER + "CAF\u00c9-" + digits("upper") + ".jpg"),
                backups.photos().keySet());
    }

    @Test
    void aFileThatWasThereBeforeIsNeverReplaced() throws Exception {
        Path mine = backups.root.resolve(FOLDER + "img_0001.heic");
        Files.createDirectories(mine.getParent());
        Files.writeString(mine, "mine");
        backups.opening = OpenMode.INITIALISE;

        backups.run(photo("DCIM/100APPLE/IMG_0001.HEIC", "theirs"));

        assertEquals(
                Map.of(FOLDER + "img_0001.heic", "mine", FOLDER + "IMG_0001-" + digits("theirs") + ".HEIC", "theirs"),
                backups.photos());
    }

    @Test
    void contentIsStoredOnceWhateverItsNameOrPhone() throws Exception {
        backups.run(photo("DCIM/100APPLE/IMG_0001.HEIC", "same"), photo("DCIM/100APPLE/IMG_0002.HEIC", "same"));
        assertEquals("duplicate DCIM/100APPLE/IMG_0002.HEIC = " + FOLDER + "IMG_0001.HEIC", backups.told.get(1));

        backups.source = Backups.OTHER_PHONE;
        backups.run(photo("DCIM/105APPLE/OTHER.HEIC", "same").taken("2020-01-01T00:00:00"));

        assertEquals(List.of("duplicate DCIM/105APPLE/OTHER.HEIC = " + FOLDER + "IMG_0001.HEIC"), backups.told);
        assertEquals(Set.of(FOLDER + "IMG_0001.HEIC"), backups.photos().keySet());
        assertEquals(List.of("DCIM/105APPLE/OTHER.HEIC -> " + FOLDER + "IMG_0001.HEIC"), backups.catalogued());
    }

    @Test
    void aLiveHalfIsStoredOnceWhateverItsStill() throws Exception {
        backups.run(live("DCIM/100APPLE", "still", "moving"), live("DCIM/101APPLE", "other still", "moving"));

        String film = FOLDER + "IMG_0001.MOV";
        assertEquals(3, backups.photos().size());
        assertEquals("duplicate DCIM/101APPLE/IMG_0001.MOV = " + film, backups.told.get(3));

        backups.source = Backups.OTHER_PHONE;
        backups.run(live("DCIM/100APPLE", "other still", "moving"));

        String stem = FOLDER + "IMG_0001-" + digits("other still");
        assertEquals(
                List.of(
                        "duplicate DCIM/100APPLE/IMG_0001.HEIC = " + stem + ".HEIC",
                        "duplicate DCIM/100APPLE/IMG_0001.MOV = " + film),
                backups.told);
    }

    @Test
    void newFilesOfADuplicateAreStoredBesideIt() throws Exception {
        backups.run(photo("DCIM/100APPLE/IMG_0001.HEIC", "still"));
        backups.source = Backups.OTHER_PHONE;
        backups.run(shot(
                part("DCIM/107APPLE/IMG_0777.HEIC", Role.PHOTO, "still"),
                part("DCIM/107APPLE/IMG_0777.MOV", Role.PAIRED_VIDEO, "moving"),
                part("DCIM/107APPLE/IMG_0777.AAE", Role.ADJUSTMENT_DATA, "adjusted")));

        assertEquals(
                Set.of(FOLDER + "IMG_0001.HEIC", FOLDER + "IMG_0001.MOV", FOLDER + "IMG_0001.AAE"),
                backups.photos().keySet());
    }

    @Test
    void aNewEditJoinsTheStemOfItsAsset() throws Exception {
        Backups.Shot edited = shot(
                part("DCIM/101APPLE/IMG_0001.HEIC", Role.PHOTO, "sea"),
                part("PhotoData/Mutations/x/FullSizeRender.heic", Role.FULL_SIZE_PHOTO, "edit"));
        Backups.Shot again = shot(
                part("DCIM/101APPLE/IMG_0001.HEIC", Role.PHOTO, "sea"),
                part("PhotoData/Mutations/x/FullSizeRender.heic", Role.FULL_SIZE_PHOTO, "another edit"));
        String stem = FOLDER + "IMG_0001-" + digits("sea");
        backups.run(photo("DCIM/100APPLE/IMG_0001.HEIC", "a"), edited.only(0));

        backups.run(edited.only(1));
        assertEquals(
                List.of("copied PhotoData/Mutations/x/FullSizeRender.heic -> " + stem + "_edited.heic"), backups.told);

        backups.run(again.only(1));
        assertEquals(
                List.of("copied PhotoData/Mutations/x/FullSizeRender.heic -> " + stem + "_edited-"
                        + digits("another edit") + ".heic"),
                backups.told);
    }

    @Test
    void aLatePrimaryFileJoinsTheFilesOfItsAsset() throws Exception {
        backups.run(live("DCIM/100APPLE", "still", "moving").only(1));
        backups.run(live("DCIM/100APPLE", "still", "moving").only(0));

        assertEquals(Map.of(FOLDER + "IMG_0001.MOV", "moving", FOLDER + "IMG_0001.HEIC", "still"), backups.photos());
    }

    @Test
    void changedContentAtTheSamePathOfThePhoneIsAnotherPhoto() throws Exception {
        backups.run(photo("DCIM/100APPLE/IMG_0001.HEIC", "before"));
        backups.run(photo("DCIM/100APPLE/IMG_0001.HEIC", "after it"));

        assertEquals(
                Map.of(
                        FOLDER + "IMG_0001.HEIC", "before",
                        FOLDER + "IMG_0001-" + digits("after it") + ".HEIC", "after it"),
                backups.photos());
    }

    @Test
    void aFileThatWasDeletedFromTheBackupComesBackUnderItsName() throws Exception {
        backups.run(live("DCIM/100APPLE", "still", "moving"));
        Files.delete(backups.root.resolve(FOLDER + "IMG_0001.HEIC"));
        List<String> manifest = backups.manifest();

        backups.run(live("DCIM/100APPLE", "still", "moving").only(0));

        assertEquals(
                Set.of(FOLDER + "IMG_0001.HEIC", FOLDER + "IMG_0001.MOV"),
                backups.photos().keySet());
        assertEquals(manifest, backups.manifest());
    }

    @Test
    void aFileTruncatedInTheBackupIsStoredAgainBesideIt() throws Exception {
        backups.run(photo("DCIM/100APPLE/IMG_0001.HEIC", "whole"));
        Files.writeString(backups.root.resolve(FOLDER + "IMG_0001.HEIC"), "who");

        backups.run(photo("DCIM/100APPLE/IMG_0001.HEIC", "whole"));

        assertEquals(
                Map.of(FOLDER + "IMG_0001.HEIC", "who", FOLDER + "IMG_0001-" + digits("whole") + ".HEIC", "whole"),
                backups.photos());
    }

    @Test
    void theModificationTimeIsTheCaptureTime() throws Exception {
        backups.run(
                photo("DCIM/100APPLE/IMG_0001.HEIC", "dated"),
                photo("DCIM/100APPLE/IMG_0002.HEIC", "not dated").undated());

        assertEquals(
                Instant.parse("2024-05-03T10:11:12Z"),
                Files.getLastModifiedTime(backups.root.resolve(FOLDER + "IMG_0001.HEIC"))
                        .toInstant());
        assertEquals(
                Backups.MODIFIED,
                Files.getLastModifiedTime(backups.root.resolve("undated/IMG_0002.HEIC"))
                        .toInstant());
    }

    @Test
    void hostileNamesStayInsideAndApart() throws Exception {
        String[] names = {
            "..",
            ".",
            "...",
            "a\nb.JPG",
            "a\tb.JPG",
            "CON.JPG",
            "nul.txt.jpg",
            "x.",
            "x..",
            "x ",
            ".shoebox",
            "SHA256SUMS",
            "\\xFF\\xFE.JPG",
            "a\\b.JPG",
            "\u202egpj.exe",
            "x".repeat(255),
            "x".repeat(254) + "y",
            "\ud83d\ude00".repeat(60)
        };
        backups.layout = Layout.parse("flat");
        var shots = new Backups.Shot[names.length];
        for (int i = 0; i < names.length; i++) {
            shots[i] = photo("DCIM/100APPLE/" + names[i], "content " + i);
        }

        backups.run(shots);

        Map<String, String> photos = backups.photos();
        assertEquals(names.length, Set.copyOf(photos.values()).size());
        assertTrue(
                photos.keySet().stream().noneMatch(name -> name.contains("/")),
                photos.keySet().toString());
        assertEquals("", backups.sha256sum());
        assertEquals(names.length, backups.catalogued().size());
        try (var entries = Files.list(folder)) {
            assertEquals(1, entries.count());
        }
    }

    @Test
    void aFilePutThereAfterTheFolderWasReadKeepsItsName() throws Exception {
        Path theirs = backups.root.resolve(FOLDER + "IMG_0001.HEIC");
        backups.disks = root -> new DelegatingDisk(new PathDisk(root)) {
            @Override
            public List<String> names(String path) throws IOException {
                List<String> before = super.names(path);
                if (FOLDER.equals(path + "/") && Files.notExists(theirs)) {
                    Files.createDirectories(theirs.getParent());
                    Files.writeString(theirs, "theirs");
                }
                return before;
            }
        };
        backups.run(photo("DCIM/100APPLE/IMG_0001.HEIC", "ours"));
        backups.run();

        assertEquals(
                Map.of(FOLDER + "IMG_0001.HEIC", "theirs", FOLDER + "IMG_0001-" + digits("ours") + ".HEIC", "ours"),
                backups.photos());
    }
}
