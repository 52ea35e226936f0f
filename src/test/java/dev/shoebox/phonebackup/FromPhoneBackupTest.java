package dev.shoebox.phonebackup;

import dev.shoebox.cli.Shell;
import dev.shoebox.folder.Packing;
import dev.shoebox.folder.Packing.Format;
import dev.shoebox.library.PhotosDatabase;
import dev.shoebox.library.PhotosDatabase.Ios;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static dev.shoebox.library.PhotosDatabase.asset;
import static dev.shoebox.phonebackup.Backups.jpeg;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Commands with a local backup of an iPhone as their source. */
class FromPhoneBackupTest {
    private static final String FOLDER = "DCIM/100APPLE/";
    private static final String PASSWORD = "pässwörd of mine";
    private static final Instant MAY = Instant.parse("2024-05-17T09:15:30Z");

    @TempDir
    Path home;

    private Shell shell;
    private Path destination;

    @BeforeEach
    void prepare() {
        shell = new Shell(home);
        destination = home.resolve("photos");
    }

    private MadeBackup made(String name) {
        return new MadeBackup(home.resolve(name));
    }

    private Set<String> stored() throws IOException {
        try (Stream<Path> files = Files.walk(destination)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> destination.relativize(file).toString())
                    .filter(path -> !path.startsWith(".shoebox") && !path.equals("SHA256SUMS"))
                    .collect(Collectors.toSet());
        }
    }

    private Map<String, Object> summary() throws IOException {
        List<Map<String, Object>> summaries = shell.events("summary");
        return summaries.get(summaries.size() - 1);
    }

    /** A photo with its edit and a Live Photo, in a library that knows when they were taken. */
    private Path whole() throws Exception {
        Path media = home.resolve("media");
        try (PhotosDatabase database = PhotosDatabase.create(media, Ios.IOS_17_6)) {
            database.add(
                    asset(FOLDER + "IMG_0001.JPG").created(MAY, 7200).with("ZHASADJUSTMENTS", 1),
                    asset(FOLDER + "IMG_0002.HEIC").created(MAY, 7200).with("ZKINDSUBTYPE", 2));
            database.checkpoint();
        }
        MadeBackup backup = made("backup").media(media);
        backup.photo(FOLDER + "IMG_0001.JPG", jpeg("one"));
        backup.photo("PhotoData/Mutations/" + FOLDER + "IMG_0001/Adjustments/FullSizeRender.jpg", jpeg("edited"));
        backup.photo(FOLDER + "IMG_0002.HEIC", jpeg("two"));
        backup.photo(FOLDER + "IMG_0002.MOV", jpeg("three"));
        return backup.write();
    }

    @Test
    void editsLivePairsAndDatesAreAsFromThePhone() throws Exception {
        Path backup = whole();

        assertEquals(0, shell.shoebox("backup", "--json", "--from", backup, destination), shell::err);

        assertEquals(4, summary().get("copied"));
        assertEquals(
                Set.of(
                        "2024/05/IMG_0001.JPG",
                        "2024/05/IMG_0001_edited.jpg",
                        "2024/05/IMG_0002.HEIC",
                        "2024/05/IMG_0002.MOV"),
                stored());
        assertEquals(0, shell.shoebox("backup", "--json", "--from", backup, destination), shell::err);
        assertEquals(0, summary().get("copied"));
        assertEquals(4, summary().get("alreadyBackedUp"));
    }

    @Test
    void theSameBackupIsKnownWhereverItLies() throws Exception {
        Path backup = whole();
        assertEquals(0, shell.shoebox("backup", "--from", backup, destination), shell::err);
        Path moved = Files.move(backup, home.resolve("moved"));

        assertEquals(0, shell.shoebox("backup", "--json", "--from", moved, destination), shell::err);

        assertEquals(4, summary().get("alreadyBackedUp"));
        assertEquals(0, shell.shoebox("status", "--json", destination));
        assertEquals(
                List.of("phone-backup"),
                shell.events("source").stream().map(e -> e.get("kind")).toList());
    }

    @Test
    void otherCommandsReadItToo() throws Exception {
        Path backup = whole();
        assertEquals(0, shell.shoebox("list", "--json", "--from", backup), shell::err);
        assertEquals(2, summary().get("photosAndVideos"));
        assertEquals(0, shell.shoebox("coverage", "--json", "--from", backup), shell::err);
        assertEquals(0, shell.shoebox("backup", "--dry-run", "--from", backup, destination), shell::err);
        assertEquals(0, shell.shoebox("backup", "--from", backup, destination), shell::err);
        assertEquals(0, shell.shoebox("safe-to-remove", "--json", "--from", backup, destination), shell::err);
    }

    @Test
    void missingFilesOfTheBackupAreNamedAndTheRunIsIncomplete() throws IOException {
        MadeBackup backup = made("backup").state("uploading");
        backup.photo(FOLDER + "IMG_0001.JPG", jpeg("one"));
        backup.photo(FOLDER + "IMG_0002.JPG", jpeg("two")).absent();

        assertEquals(3, shell.shoebox("backup", "--json", "--from", backup.write(), destination));

        assertEquals(
                List.of(FOLDER + "IMG_0002.JPG"),
                shell.events("failed").stream().map(event -> event.get("path")).toList());
        assertTrue(shell.events("warning").stream()
                .anyMatch(event -> event.get("message").toString().contains("uploading")));
        assertEquals(
                Set.of("undated/IMG_0001.JPG"),
                stored().stream()
                        .map(path -> "undated/" + path.substring(path.lastIndexOf('/') + 1))
                        .collect(Collectors.toSet()));
    }

    @Test
    void aPhotoThatIsCutShortIsStoredAndNeverSafe() throws IOException {
        MadeBackup backup = made("backup");
        backup.photo(FOLDER + "IMG_0001.JPG", jpeg("one")).saying(1 << 20);

        assertEquals(3, shell.shoebox("backup", "--json", "--from", backup.write(), destination));

        assertEquals(1, stored().size());
        assertEquals(
                List.of("truncated"),
                shell.events("implausible").stream()
                        .map(event -> event.get("reason"))
                        .toList());
    }

    @Test
    void ofSeveralBackupsOneIsToBeChosen() throws IOException {
        for (String name : List.of("00008110-000A1B2C3D4E5F60", "00008110-000A1B2C3D4E5F60-20240506-101112")) {
            MadeBackup backup = made("Backup/" + name);
            backup.photo(FOLDER + "IMG_0001.JPG", jpeg("one"));
            backup.write();
        }
        assertEquals(2, shell.shoebox("backup", "--from", home.resolve("Backup"), destination));
        assertTrue(shell.err().contains("-20240506-101112"), shell::err);
        assertTrue(Files.notExists(destination));
    }

    @Test
    void theOnlyBackupInAFolderIsSelected() throws IOException {
        MadeBackup backup = made("Backup/00008110-000A1B2C3D4E5F60");
        backup.photo(FOLDER + "IMG_0001.JPG", jpeg("one"));
        backup.write();
        assertEquals(0, shell.shoebox("backup", "--from", home.resolve("Backup"), destination), shell::err);
        assertEquals(1, stored().size());
    }

    @Test
    void oneAmongPhotosIsNotReadWithThem() throws IOException {
        MadeBackup backup = made("mixed/backup");
        backup.photo(FOLDER + "IMG_0001.JPG", jpeg("one"));
        backup.write();
        Files.write(home.resolve("mixed/IMG_0009.JPG"), jpeg("nine"));
        assertEquals(3, shell.shoebox("backup", "--json", "--from", home.resolve("mixed"), destination));
        assertEquals(1, stored().size());
        assertTrue(shell.events("passed-over").stream().anyMatch(event -> "phone-backup".equals(event.get("kind"))));
    }

    @Test
    void oneThatIsNamedBesideOthersIsRefused() throws IOException {
        MadeBackup backup = made("backup");
        backup.photo(FOLDER + "IMG_0001.JPG", jpeg("one"));
        Path card = shell.card("card", "a.jpg");
        assertEquals(2, shell.shoebox("backup", "--from", backup.write(), "--from", card, destination));
    }

    @Test
    void oneOfIos9IsRefusedInWords() throws IOException {
        Path backup = Files.createDirectories(home.resolve("old"));
        Files.write(backup.resolve("Manifest.mbdb"), new byte[100]);
        Files.write(backup.resolve("Info.plist"), new byte[100]);
        assertEquals(2, shell.shoebox("backup", "--from", backup, destination));
        assertTrue(shell.err().contains("iOS 9"), shell::err);
    }

    private Path encrypted() throws IOException {
        MadeBackup backup = made("backup").encrypted(new Encryption(PASSWORD, 1000, 100));
        backup.photo(FOLDER + "IMG_0001.JPG", jpeg("one"));
        return backup.write();
    }

    /** Lines as editors and shells of all systems write them. */
    @Test
    void anEncryptedBackupIsOpenedWithThePasswordInAFile() throws IOException {
        Path backup = encrypted();
        Path file = home.resolve("password");
        List<byte[]> written = List.of(
                PASSWORD.getBytes(StandardCharsets.UTF_8),
                (PASSWORD + "\n").getBytes(StandardCharsets.UTF_8),
                ("\ufeff" + PASSWORD + "\r\nmore").getBytes(StandardCharsets.UTF_8),
                ("\ufeff" + PASSWORD + "\r\n").getBytes(StandardCharsets.UTF_16LE),
                ("\ufeff" + PASSWORD + "\r\n").getBytes(StandardCharsets.UTF_16BE));
        for (byte[] each : written) {
            Files.write(file, each);
            assertEquals(
                    0, shell.shoebox("backup", "--from", backup, "--password-file", file, destination), shell::err);
        }
        assertEquals(1, stored().size());
    }

    @Test
    void withoutThePasswordOrWithAWrongOneNothingIsBegun() throws IOException {
        Path backup = encrypted();
        assertEquals(12, shell.shoebox("backup", "--from", backup, destination));
        assertTrue(shell.err().contains("--password-file"), shell::err);
        for (String wrong : List.of("secret-and-wrong", "", "\nsecond line")) {
            Path file = Files.writeString(home.resolve("password"), wrong);
            assertEquals(12, shell.shoebox("backup", "--from", backup, "--password-file", file, destination));
            assertTrue(shell.err().contains(file.toString()), shell::err);
        }
        assertEquals(12, shell.shoebox("list", "--from", backup, "--password-file", home.resolve("none")));
        assertEquals(12, shell.shoebox("list", "--from", backup));
        assertTrue(Files.notExists(destination));
    }

    @Test
    void thePasswordIsNowhereAfterwards() throws IOException {
        Path file = Files.writeString(home.resolve("password"), PASSWORD);
        Path backup = encrypted();
        shell.shoebox("backup", "-v", "--json", "--from", backup, "--password-file", file, destination);
        assertTrue(!shell.out().contains(PASSWORD) && !shell.err().contains(PASSWORD));
        Files.writeString(file, "wrong" + PASSWORD);
        shell.shoebox("backup", "-v", "--from", backup, "--password-file", file, destination);
        assertTrue(!shell.out().contains(PASSWORD) && !shell.err().contains(PASSWORD));
        Files.delete(file);
        try (Stream<Path> files = Files.walk(home)) {
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                String content = Files.readString(each, StandardCharsets.ISO_8859_1);
                assertTrue(
                        !content.contains(
                                new String(PASSWORD.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)),
                        each::toString);
            }
        }
    }

    @Test
    void absurdKeysAreRefusedInWords() throws IOException {
        MadeBackup backup = made("backup").encrypted(new Encryption(PASSWORD, 1000, 100).asking(Integer.MAX_VALUE));
        backup.photo(FOLDER + "IMG_0001.JPG", jpeg("one"));
        Path file = Files.writeString(home.resolve("password"), PASSWORD);
        assertEquals(2, shell.shoebox("backup", "--from", backup.write(), "--password-file", file, destination));
        assertTrue(shell.err().contains("BackupKeyBag"), shell::err);
    }

    /** Its photos in an archive have no names; an encrypted backup would not even show that it has photos. */
    @ParameterizedTest
    @EnumSource(Format.class)
    void oneInAnArchiveIsToBeUnpackedFirst(Format format) throws IOException {
        for (boolean isEncrypted : new boolean[] {false, true}) {
            MadeBackup made = made("made" + isEncrypted);
            MadeBackup backup = isEncrypted ? made.encrypted(new Encryption(PASSWORD, 10, 10)) : made;
            backup.photo(FOLDER + "IMG_0001.JPG", jpeg("one"));
            Path root = backup.write();
            List<Map.Entry<String, String>> entries = new ArrayList<>();
            try (Stream<Path> files = Files.walk(root)) {
                for (Path each : files.filter(Files::isRegularFile).sorted().toList()) {
                    entries.add(Map.entry(
                            "Backup/" + root.relativize(each), Files.readString(each, StandardCharsets.ISO_8859_1)));
                }
            }
            Path archive = Files.write(home.resolve("backup.bin" + isEncrypted), Packing.packed(format, entries));

            assertEquals(3, shell.shoebox("backup", "--json", "--from", archive, destination), shell::err);

            assertEquals(Set.of(), stored());
            assertEquals(
                    List.of("Backup"),
                    shell.events("passed-over").stream()
                            .filter(event -> "phone-backup".equals(event.get("kind")))
                            .map(event -> event.get("path"))
                            .toList());
            assertTrue(shell.err().contains("unpack it"), shell::err);
        }
    }

    /** As from a phone that keeps small versions of photos in iCloud. */
    @Test
    void originalsOnlyInICloudAreReportedAsFromThePhone() throws Exception {
        Path media = home.resolve("media");
        try (PhotosDatabase database = PhotosDatabase.create(media, Ios.IOS_18)) {
            database.add(
                    asset(FOLDER + "IMG_0001.JPG").resource(1, 1, 1, 35).master(3),
                    asset(FOLDER + "IMG_0002.JPG").resource(1, -1, 1, 4711).master(3));
            database.checkpoint();
        }
        MadeBackup backup = made("backup").media(media);
        backup.photo(FOLDER + "IMG_0001.JPG", jpeg("one"));
        Path root = backup.write();

        assertEquals(0, shell.shoebox("backup", "--json", "--from", root, destination), shell::err);
        assertEquals(1, summary().get("placeholders"));
        assertEquals(0, shell.shoebox("coverage", "--json", "--list", "only-in-icloud", "--from", root), shell::err);
        assertTrue(shell.out().contains("IMG_0002.JPG"), shell::out);
    }

    /** A computer backs iPhones up on its own, and Shoebox reads the result. */
    @Test
    void theConfigurationNamesTheBackupAndTheFileOfItsPassword() throws IOException {
        Path password = Files.writeString(home.resolve("password"), PASSWORD);
        Path config = Files.createDirectories(home.resolve("config/shoebox")).resolve("config.toml");
        Files.writeString(
                config,
                "[destination.disk]\npath = '" + destination + "'\n[phone.anna]\nfrom = '" + encrypted()
                        + "'\npassword-file = '" + password + "'\n");
        assertEquals(0, shell.shoebox("config", "check"), shell::err);
        assertEquals(0, shell.shoebox("backup"), shell::err);
        assertEquals(1, stored().size());
        assertEquals(0, shell.shoebox("backup", "--scheduled"), shell::err);
        assertEquals(0, shell.shoebox("status", "--max-age", "1d", destination), shell::err);
        shell.now = shell.now.plus(Duration.ofDays(3));
        assertEquals(5, shell.shoebox("status", "--max-age", "1d", destination), shell::err);
    }
}
