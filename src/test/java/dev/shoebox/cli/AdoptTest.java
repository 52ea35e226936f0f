package dev.shoebox.cli;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A folder that other programs or people filled counts as backed up: none of its files is copied, moved or changed. */
class AdoptTest {
    private static final String DCIM = "DCIM/100APPLE/";

    @TempDir
    private Path home;

    private Shell shell;
    private Path card;
    private Path archive;

    @BeforeEach
    void fillTheCard() throws IOException {
        shell = new Shell(home);
        card = home.resolve("card");
        archive = home.resolve("archive");
        Path folder = Files.createDirectories(card.resolve(DCIM));
        Files.write(folder.resolve("IMG_0001.HEIC"), Pictures.jpeg("one"));
        Files.write(folder.resolve("IMG_0001.MOV"), Pictures.film("one"));
        Files.writeString(folder.resolve("IMG_0001.AAE"), "<plist>one</plist>");
        Files.write(folder.resolve("IMG_0002.JPG"), Pictures.jpeg("2"));
        Files.write(folder.resolve("IMG_0003.JPG"), Pictures.jpeg("3 3"));
        Files.write(folder.resolve("IMG_0004.MOV"), Pictures.film("four"));
    }

    private void run(int code, Object... arguments) {
        assertEquals(code, shell.shoebox(arguments), () -> shell.out() + shell.err());
    }

    private Map<String, Object> summary(int code, Object... arguments) throws IOException {
        run(code, arguments);
        return shell.events("summary").get(0);
    }

    private void copy(String name, String to) throws IOException {
        Path target = archive.resolve(to);
        Files.createDirectories(target.getParent());
        Files.copy(card.resolve(DCIM + name), target);
        Files.setLastModifiedTime(target, FileTime.fromMillis(1_700_000_000_000L));
    }

    private void requireOnly(int copied) throws IOException {
        SortedMap<String, String> before = Kept.in(archive).files();
        Map<String, Object> summary = summary(0, "backup", "--json", "--from", card, archive);
        assertEquals(copied, summary.get("copied"));
        Kept after = Kept.in(archive);
        assertEquals(before.size() + copied, after.files().size());
        assertTrue(after.files().entrySet().containsAll(before.entrySet()));
        assertEquals(after.files(), new java.util.TreeMap<>(after.listed()));
        run(0, "verify", archive);
    }

    @Test
    void aFolderInTheManyWaysOfOtherProgramsIsKnown() throws Exception {
        // Copied by hand; named as icloudpd and osxphotos name films and clashes; by date; twice in an album.
        copy("IMG_0001.HEIC", "2024/05/01/IMG_0001.HEIC");
        copy("IMG_0001.MOV", "2024/05/01/IMG_0001_HEVC.MOV");
        copy("IMG_0001.AAE", "2024/05/01/IMG_0001.AAE");
        copy("IMG_0002.JPG", "Anna's iPhone/Recents/IMG_0002 (1).JPG");
        copy("IMG_0002.JPG", "Anna's iPhone/Oslo/IMG_0002.JPG");
        copy("IMG_0003.JPG", "20240501_120000.jpg");
        copy("IMG_0004.MOV", "iMazing/2024-05-01 at 10.11.12.MOV");
        Files.createDirectories(archive.resolve("2024/05/01/@eaDir"));
        Files.write(archive.resolve("2024/05/01/@eaDir/thumb.jpg"), Pictures.jpeg("thumb"));
        Files.writeString(archive.resolve("notes.txt"), "mine");
        SortedMap<String, String> before = Kept.in(archive).files();

        Map<String, Object> summary = summary(0, "adopt", "--json", archive);
        assertEquals(List.of(7, 0, 0), List.of(summary.get("adopted"), summary.get("known"), summary.get("differing")));
        assertEquals(before, Kept.in(archive).files());
        summary = summary(0, "backup", "--json", "--from", card, archive);
        assertEquals(List.of(0, 6), List.of(summary.get("copied"), summary.get("duplicates")));
        assertEquals(before, Kept.in(archive).files());
        summary = summary(0, "backup", "--json", "--from", card, archive);
        assertEquals(6, summary.get("alreadyBackedUp"));
        run(0, "verify", archive);
        run(0, "safe-to-remove", "--json", "--from", card, archive);
        assertEquals(4, shell.events("safe").size());
        assertEquals(7, summary(0, "adopt", "--json", archive).get("known"));
        run(0, "rebuild", archive);
        assertEquals(7, summary(0, "adopt", "--json", archive).get("known"));
    }

    @Test
    void aBackupThatBeginsInSuchAFolderAdoptsItFirst() throws Exception {
        copy("IMG_0002.JPG", "old/IMG_0002.JPG");
        copy("IMG_0003.JPG", "old/b.JPG");
        Map<String, Object> summary = summary(0, "backup", "--init", "--json", "--from", card, archive);
        assertEquals(List.of(4, 2), List.of(summary.get("copied"), summary.get("duplicates")));
        assertEquals(2, shell.events("adopted").get(0).get("files"));
        requireOnly(0);
    }

    @Test
    void filesThatAreNotAdoptedAreCopied() throws Exception {
        copy("IMG_0002.JPG", "IMG_0002.JPG");
        byte[] converted = Pictures.jpeg("2 converted");
        Files.write(archive.resolve("IMG_0003.JPG"), converted);
        run(0, "adopt", archive);
        requireOnly(5);
    }

    @Test
    void aForeignManifestIsAClaim() throws Exception {
        copy("IMG_0002.JPG", "a.JPG");
        copy("IMG_0003.JPG", "b.JPG");
        String right = Kept.in(archive).files().get("a.JPG");
        Files.writeString(
                archive.resolve("SHA256SUMS"), "# mine\n" + right + "  a.JPG\n" + "0".repeat(64) + "  b.JPG\n");
        Map<String, Object> summary = summary(3, "adopt", "--json", archive);
        assertEquals(List.of(1, 1), List.of(summary.get("adopted"), summary.get("differing")));
        assertEquals("b.JPG", shell.events("differs").get(0).get("path"));
        assertTrue(Files.readString(archive.resolve("SHA256SUMS")).startsWith("# mine\n" + right + "  a.JPG\n"));
        summary = summary(0, "backup", "--json", "--from", card, archive);
        assertEquals(5, summary.get("copied"), "what is claimed wrongly stands for nothing");
    }

    @Test
    void adoptedFilesAreDatedAndMayBeRenamed() throws Exception {
        copy("IMG_0002.JPG", "IMG_20240501_101112.JPG");
        run(0, "adopt", archive);
        run(0, "why", "--json", archive.resolve("IMG_20240501_101112.JPG"));
        assertEquals("2024-05-01T10:11:12", shell.json().get(0).get("captured"));
        Files.move(archive.resolve("IMG_20240501_101112.JPG"), archive.resolve("party.JPG"));
        run(0, "reconcile", archive);
        requireOnly(5);
    }

    @Test
    void theNextRunContinuesAnInterruptedAdoption() throws Exception {
        copy("IMG_0002.JPG", "IMG_0002.JPG");
        run(0, "adopt", archive);
        copy("IMG_0003.JPG", "IMG_0003.JPG");
        Files.createFile(archive.resolve(".shoebox/adopting"));
        requireOnly(4);
        assertFalse(Files.exists(archive.resolve(".shoebox/adopting")));
    }

    @Test
    void aFolderThatIsNotThereIsNotMade() {
        run(75, "adopt", home.resolve("mistyped"));
        assertFalse(Files.exists(home.resolve("mistyped")));
    }

    /** Where other programs put the six files of the card: their names change, never their bytes. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "phone folder by hand | DCIM/100APPLE/IMG_0001.HEIC, DCIM/100APPLE/IMG_0001.MOV,"
                        + " DCIM/100APPLE/IMG_0001.AAE, DCIM/100APPLE/IMG_0002.JPG, DCIM/101APPLE/IMG_0002.JPG, a/IMG_0004.MOV",
                "Windows Explorer | 202403__/IMG_0001.HEIC, 202403__/IMG_0001.MOV, 202403__/IMG_0001.AAE,"
                        + " 202403_a/IMG_0002.JPG, 202403__/IMG_0002 - Copy.JPG, 202403__/IMG_0002 (2).MOV",
                "Image Capture | IMG_0001.HEIC, IMG_0001.MOV, IMG_0001.AAE, IMG_0002.JPG, IMG_0002 1.JPG, IMG_0004 1.MOV",
                "MobiMover | 20240501101112/Photos/IMG_0001.HEIC, 20240501101112/Photos/IMG_0001.MOV,"
                        + " 20240501101112/Photos/IMG_0001.AAE, 20240501101112/Photos/IMG_0002.JPG,"
                        + " 20240501101112/Photos/IMG_0003.JPG, 20240501101112/Videos/IMG_0004.MOV",
                "iMazing | 2024-05-01 at 10.11.12.HEIC, 2024-05-01 at 10.11.12.MOV, 2024-05-01 at 10.11.12.AAE,"
                        + " 2024-05-01 at 10.11.13.JPG, 2024-05-01 at 10.11.13 (1).JPG, 2024-05-01 at 10.12.00.MOV",
                "icloudpd | 2024/05/01/IMG_0001.HEIC, 2024/05/01/IMG_0001_HEVC.MOV, 2024/05/01/IMG_0001.AAE,"
                        + " 2024/05/01/IMG_0002.JPG, 2024/05/01/IMG_0002-1234.JPG, 2024/05/01/IMG_0004.MOV",
                "osxphotos | 2024/05/IMG_0001.HEIC, 2024/05/IMG_0001.mov, 2024/05/IMG_0001.aae, 2024/05/IMG_0002.jpeg,"
                        + " 2024/05/IMG_0002 (1).jpeg, 2024/05/IMG_0004.mov",
                "digiKam | Oslo/20240501_101112.heic, Oslo/20240501_101112.mov, Oslo/20240501_101112.aae,"
                        + " Oslo/20240501_101113.jpg, Oslo/20240501_101113_1.jpg, Oslo/20240501_101114.mov",
                "PhotoPrism | 2024/05/20240501_101112_6A009A09.heic, 2024/05/20240501_101112_6A009A09.mov,"
                        + " 2024/05/20240501_101112_6A009A09.aae, 2024/05/20240501_101113_00000001.jpg,"
                        + " 2024/05/20240501_101113_00000002.jpg, 2024/05/20240501_101114_00000003.mov",
                "PhotoSync | Anna's iPhone/Recents/IMG_0001.HEIC, Anna's iPhone/Recents/IMG_0001.MOV,"
                        + " Anna's iPhone/Recents/IMG_0001.AAE, Anna's iPhone/Oslo/IMG_0002.JPG,"
                        + " Anna's iPhone/Recents/IMG_0003.JPG, Anna's iPhone/Recents/IMG_0004.MOV",
                "privacy.apple.com | iCloud Photos Part 1 of 2/Photos/IMG_0001.HEIC, iCloud Photos Part 1 of 2/Photos/"
                        + "IMG_0001-1.MOV, iCloud Photos Part 1 of 2/Photos/IMG_0001.AAE, iCloud Photos Part 2 of 2/Photos/"
                        + "IMG_0002.JPG, iCloud Photos Part 2 of 2/Photos/IMG_0002-1.JPG, iCloud Photos Part 2 of 2/Photos/"
                        + "IMG_0004.MOV",
                "Google Takeout | Takeout/Google Photos/Photos from 2024/IMG_0001.HEIC, Takeout/Google Photos/Photos from"
                        + " 2024/IMG_0001.MP4, Takeout/Google Photos/Photos from 2024/IMG_0001.AAE, Takeout/Google Photos/Photos from 2024/IMG_0002.JPG,"
                        + " Takeout/Google Photos/Photos from 2024/IMG_0002(1).JPG, Takeout/Google Photos/Oslo/IMG_0004.MP4"
            })
    void filesNamedByOtherProgramsAreNotCopied(String program, String places) throws Exception {
        List<String> names = List.of(
                "IMG_0001.HEIC", "IMG_0001.MOV", "IMG_0001.AAE", "IMG_0002.JPG", "IMG_0003.JPG", "IMG_0004.MOV");
        String[] paths = places.split(",\\s*", -1);
        for (int i = 0; i < paths.length; i++) {
            copy(names.get(i), paths[i]);
        }
        Files.write(archive.resolve("half.kei-tmp"), new byte[100]);
        run(0, "adopt", archive);
        Map<String, Object> summary = summary(0, "backup", "--json", "--from", card, archive);
        assertEquals(List.of(0, 6), List.of(summary.get("copied"), summary.get("duplicates")), program);
        assertEquals(0, ((Number) summary.get("bytesCopied")).intValue());
        run(0, "verify", archive);
    }

    private String dateOf(String path) throws IOException {
        run(0, "why", "--json", archive.resolve(path));
        return String.valueOf(shell.json().get(0).get("captured"));
    }

    /** Files without a date of their own, with the files of Google and Apple beside them. */
    @Test
    void exportsDateAdoptedFiles() throws Exception {
        copy("IMG_0002.JPG", "Takeout/Google Photos/Photos from 2011/a.jpg");
        Files.writeString(
                archive.resolve("Takeout/Google Photos/Photos from 2011/a.jpg.supplemental-metadata.json"),
                "{\"title\": \"a.jpg\", \"photoTakenTime\": {\"timestamp\": \"1299240000\"}}");
        copy("IMG_0003.JPG", "iCloud/Photos/b.jpg");
        Files.writeString(archive.resolve("iCloud/Photos/Photo Details.csv"), """
                imgName,fileChecksum,favorite,hidden,deleted,originalCreationDate,viewCount,importDate
                b.jpg,AAAA,no,no,no,"Saturday June 4,2022 12:11 PM GMT",1,"Saturday June 4,2022 12:11 PM GMT"
                """);
        run(0, "adopt", archive);
        assertEquals(
                "2011-03-04",
                dateOf("Takeout/Google Photos/Photos from 2011/a.jpg").substring(0, 10));
        assertEquals("2022-06-04", dateOf("iCloud/Photos/b.jpg").substring(0, 10));
        assertEquals(4, summary(0, "backup", "--json", "--from", card, archive).get("copied"));
    }
}
