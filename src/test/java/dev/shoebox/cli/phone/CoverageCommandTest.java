package dev.shoebox.cli.phone;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.shoebox.cli.Pictures;
import dev.shoebox.cli.Shell;
import dev.shoebox.library.KnownPhone;
import dev.shoebox.library.PhotosDatabase;
import dev.shoebox.library.PhotosDatabase.Ios;
import dev.shoebox.library.PhotosDatabase.Row;
import dev.shoebox.photos.fingerprint.FingerprintDigest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static dev.shoebox.library.PhotosDatabase.asset;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** {@code shoebox coverage}, as text and as JSON. */
class CoverageCommandTest {
    private static final String DCIM = "DCIM/100APPLE/";

    @TempDir
    private Path home;

    @TempDir
    private Path media;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(home);
    }

    private Map<String, String> classes() throws IOException {
        Map<String, String> classes = new TreeMap<>();
        for (Map<String, Object> event : shell.events("asset")) {
            String before = classes.put((String) event.get("path"), (String) event.get("class"));
            assertEquals(null, before, event + " is there twice");
        }
        return classes;
    }

    private void file(String name) throws IOException {
        Path file = media.resolve(DCIM + name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, name);
    }

    @ParameterizedTest
    @EnumSource(Ios.class)
    void everyPhotoOfEveryVersionIsInItsClass(Ios ios) throws Exception {
        Map<String, String> truth = KnownPhone.lay(media, ios, 400, ios.name().length());
        assertEquals(0, shell.shoebox("coverage", "--json", "--from", media));
        assertEquals(truth, classes());
    }

    @Test
    void twentyThousandPhotosAreEachInTheirClass() throws Exception {
        Map<String, String> truth = KnownPhone.lay(media, Ios.IOS_17_6, 20_000, 20);
        assertEquals(0, shell.shoebox("coverage", "--json", "--from", media));
        assertEquals(truth, classes());
        Map<String, Object> summary = shell.events("summary").get(0);
        assertEquals(truth.size(), summary.get("assets"));
        assertEquals("on", summary.get("icloudPhotos"));
    }

    private void fourPhotos() throws Exception {
        try (PhotosDatabase database = PhotosDatabase.create(media, Ios.IOS_18)) {
            database.add(
                    asset(DCIM + "IMG_0001.JPG").created(Instant.parse("2024-05-01T10:00:00Z"), 7200),
                    asset(DCIM + "IMG_0002.JPG").created(Instant.parse("2019-05-01T10:00:00Z"), 7200),
                    asset(DCIM + "IMG_0003.JPG").master(1),
                    asset(DCIM + "IMG_0004.JPG").master(3).resource(1, -1, 1, 2_000_000),
                    asset(DCIM + "IMG_0005.JPG").with("ZTRASHEDSTATE", 1),
                    asset(DCIM + "IMG_0006.JPG").with("ZHIDDEN", 1).master(3));
        }
        for (String name : List.of("IMG_0001.JPG", "IMG_0002.JPG", "IMG_0003.JPG", "IMG_0005.JPG", "IMG_0006.JPG")) {
            file(name);
        }
    }

    @Test
    void peopleReadTheMostImportantFirstInPlainWords() throws Exception {
        fourPhotos();
        assertEquals(0, shell.shoebox("coverage", "--from", media));
        List<String> lines = shell.out().lines().toList();
        assertEquals(
                "2 photos exist only on this phone (24 bytes; the oldest of 2019-05-01, the newest of 2024-05-01).",
                lines.get(0));
        assertTrue(lines.get(1).startsWith("1 photo waits to be uploaded to iCloud ("), lines.get(1));
        assertTrue(lines.get(2).startsWith("1 photo is only in iCloud (2.0 MB"), lines.get(2));
        assertTrue(lines.get(3).startsWith("1 photo is in iCloud and on this phone ("), lines.get(3));
        assertEquals("1 photo in Recently Deleted is not counted.", lines.get(4));
        assertTrue(shell.out().contains("Download and Keep Originals"), shell.out());
        assertTrue(shell.out().contains("Low Power Mode"), shell.out());
    }

    private static String print(String of) {
        var digest = new FingerprintDigest();
        byte[] bytes = of.getBytes(StandardCharsets.UTF_8);
        digest.update(bytes, 0, bytes.length);
        return digest.complete().text();
    }

    private static Row withPrint(String name, String of) {
        return asset(DCIM + name)
                .attribute("ZMASTERFINGERPRINT", print(of))
                .attribute("ZORIGINALFILESIZE", name.length());
    }

    @Test
    void itShowsWhichPlacesHoldTheSameBytes() throws Exception {
        try (PhotosDatabase database = PhotosDatabase.create(media, Ios.IOS_16)) {
            database.execute("ALTER TABLE ZADDITIONALASSETATTRIBUTES ADD COLUMN ZMASTERFINGERPRINT VARCHAR");
            database.add(
                    withPrint("IMG_0001.JPG", "IMG_0001.JPG"),
                    withPrint("IMG_0002.JPG", "IMG_0002.JPG").master(3),
                    withPrint("IMG_0003.JPG", "something else").master(3),
                    withPrint("IMG_0004.JPG", "IMG_0004.JPG").master(3).resource(1, -1, 1, 12),
                    asset(DCIM + "IMG_0005.JPG").master(3),
                    withPrint("IMG_0006.JPG", "IMG_0006.JPG").master(3));
        }
        for (int number = 1; number <= 5; number++) {
            file("IMG_000" + number + ".JPG");
        }
        Path backup = home.resolve("backup");
        shell.shoebox("backup", "--from", media, backup);
        Files.delete(media.resolve(DCIM + "IMG_0004.JPG"));
        file("IMG_0006.JPG");
        assertEquals(0, shell.shoebox("coverage", "--json", "--from", media, backup));
        Map<Object, Object> holders = new TreeMap<>();
        shell.events("asset").forEach(asset -> holders.put(asset.get("path"), asset.get("sameBytes")));
        assertEquals(
                Map.of(
                        DCIM + "IMG_0001.JPG", List.of("phone", "backup"),
                        DCIM + "IMG_0002.JPG", List.of("phone", "backup", "icloud"),
                        DCIM + "IMG_0003.JPG", List.of(),
                        DCIM + "IMG_0004.JPG", List.of("backup", "icloud"),
                        DCIM + "IMG_0005.JPG", List.of(),
                        DCIM + "IMG_0006.JPG", List.of()),
                holders);
        assertEquals(
                Map.of("phoneBackupAndICloud", 1, "phoneAndBackup", 1, "backupAndICloud", 1),
                shell.events("summary").get(0).get("sameBytes"));
        assertEquals(0, shell.shoebox("coverage", "--from", media, backup));
        assertTrue(shell.out().contains("the same bytes are on this phone, in the backup and in iCloud"), shell.out());
    }

    @Test
    void aListNamesTheClassAlone() throws Exception {
        fourPhotos();
        assertEquals(0, shell.shoebox("coverage", "--list", "only-on-phone", "--from", media));
        assertEquals(DCIM + "IMG_0001.JPG\n" + DCIM + "IMG_0002.JPG\n", shell.out());
        assertEquals(0, shell.shoebox("coverage", "--list", "only-in-icloud", "--json", "--from", media));
        assertEquals(Map.of(DCIM + "IMG_0004.JPG", "only-in-icloud"), classes());
        assertEquals(2, shell.shoebox("coverage", "--list", "nowhere", "--from", media));
        assertTrue(shell.err().contains("'nowhere' is not one of only-on-phone, "), shell.err());
    }

    @Test
    void eachLineHasItsReasonAndTheLastIsTheSum() throws Exception {
        fourPhotos();
        assertEquals(0, shell.shoebox("coverage", "--json", "--from", media));
        Map<String, Object> first = shell.events("asset").get(0);
        assertEquals("high", first.get("confidence"));
        assertEquals(2024, first.get("year"));
        assertEquals("2024-05-01T12:00", first.get("captured"));
        assertEquals(12, first.get("bytes"));
        assertFalse(first.containsKey("backedUp"));
        assertTrue(((String) first.get("evidence")).contains("on the iPhone"));
        List<String> lines = shell.out().lines().toList();
        Map<String, Object> last = JSON.std.mapFrom(lines.get(lines.size() - 1));
        assertEquals("summary", last.get("event"));
        assertEquals(5, last.get("assets"));
        assertEquals(1, last.get("recentlyDeleted"));
        Map<?, ?> classes = (Map<?, ?>) last.get("classes");
        assertEquals(6, classes.size());
        assertEquals(2, ((Map<?, ?>) classes.get("only-on-phone")).get("assets"));
    }

    @Test
    void withABackupItShowsWhatIsSafeThere() throws Exception {
        fourPhotos();
        Path backup = home.resolve("backup");
        Files.move(media.resolve(DCIM + "IMG_0002.JPG"), home.resolve("later"));
        assertEquals(0, shell.shoebox("backup", "--from", media, backup));
        Files.move(home.resolve("later"), media.resolve(DCIM + "IMG_0002.JPG"));
        assertEquals(0, shell.shoebox("coverage", "--json", "--from", media, backup));
        assertEquals(
                List.of(true, false, true, false, true),
                shell.events("asset").stream()
                        .map(event -> event.get("backedUp"))
                        .toList());
        assertEquals(
                List.of(false, false, false, false, false),
                shell.events("asset").stream()
                        .map(event -> event.get("verified"))
                        .toList());
        assertEquals(0, shell.shoebox("verify", backup));
        assertEquals(0, shell.shoebox("coverage", "--json", "--from", media, "--dest", backup));
        assertEquals(
                List.of(true, false, true, false, true),
                shell.events("asset").stream()
                        .map(event -> event.get("verified"))
                        .toList());
        assertEquals(0, shell.shoebox("coverage", "--from", media, backup));
        assertTrue(shell.out().contains("    1 backed up, 1 not; 1 verified since"), shell.out());
    }

    @Test
    void photosAreChosenAsInABackup() throws Exception {
        fourPhotos();
        assertEquals(0, shell.shoebox("coverage", "--json", "--include-trashed", "--from", media));
        assertEquals("only-on-phone", classes().get(DCIM + "IMG_0005.JPG"));
        assertEquals(0, shell.shoebox("coverage", "--json", "--exclude-hidden", "--until", "2019", "--from", media));
        assertEquals(Map.of(DCIM + "IMG_0002.JPG", "only-on-phone"), classes());
        assertEquals(5, shell.events("summary").get(0).get("leftOut"));
        assertEquals(2, shell.shoebox("coverage", "--album", "Oslo", "--from", media));
        assertTrue(shell.err().contains("No album 'Oslo'"), shell.err());
    }

    @Test
    void aFolderThatIsNoBackupIsRefused() throws Exception {
        fourPhotos();
        assertEquals(75, shell.shoebox("coverage", "--from", media, home.resolve("nothing")));
    }

    @Test
    void iCloudBeingOffIsReported() throws Exception {
        try (PhotosDatabase database = PhotosDatabase.create(media, Ios.IOS_16)) {
            database.add(asset(DCIM + "IMG_0001.JPG"));
        }
        file("IMG_0001.JPG");
        file("IMG_0002.JPG");
        assertEquals(0, shell.shoebox("coverage", "--from", media));
        assertTrue(shell.out().startsWith("2 photos exist only on this phone ("), shell.out());
        assertTrue(shell.out().contains("iCloud Photos seems to be off"), shell.out());
        assertEquals(0, shell.shoebox("coverage", "--json", "--from", media));
        assertEquals("off", shell.events("summary").get(0).get("icloudPhotos"));
    }

    @Test
    void withoutALibraryNothingIsGuessed() throws Exception {
        file("IMG_0001.JPG");
        assertEquals(0, shell.shoebox("coverage", "--json", "--from", media));
        assertEquals(Map.of(DCIM + "IMG_0001.JPG", "unknown"), classes());
        assertEquals(false, shell.events("summary").get(0).get("libraryRead"));
        Files.createDirectories(media.resolve("PhotoData"));
        Files.writeString(media.resolve("PhotoData/Photos.sqlite"), "garbage");
        assertEquals(0, shell.shoebox("coverage", "--json", "--from", media));
        assertEquals(Map.of(DCIM + "IMG_0001.JPG", "unknown"), classes());
        assertTrue(shell.err().contains("was not read, because it is not a database"), shell.err());
    }

    @Test
    void photosInTheBackupNeedNotBeBackedUpFirst() throws Exception {
        Path phone = Files.createDirectories(home.resolve("alone"));
        Files.createDirectories(phone.resolve("DCIM/100APPLE"));
        Files.write(phone.resolve("DCIM/100APPLE/IMG_0001.JPG"), Pictures.jpeg("1"));
        try (PhotosDatabase database = PhotosDatabase.create(phone, Ios.IOS_18)) {
            database.add(asset("DCIM/100APPLE/IMG_0001.JPG"));
        }
        Files.createFile(phone.resolve("PhotoData/cpl_enabled_marker"));
        Path backup = home.resolve("alone backed up");
        assertEquals(0, shell.shoebox("coverage", "--json", "--from", phone), shell::err);
        assertEquals("not-uploaded", shell.events("advice").get(0).get("about"));
        assertEquals(0, shell.shoebox("backup", "--from", phone, backup), shell::err);
        assertEquals(0, shell.shoebox("coverage", "--json", "--from", phone, backup), shell::err);
        assertEquals(List.of(), shell.events("advice"));
    }
}
