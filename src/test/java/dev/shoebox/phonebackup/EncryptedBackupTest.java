package dev.shoebox.phonebackup;

import dev.shoebox.folder.Drained;
import dev.shoebox.library.LibraryReader;
import dev.shoebox.library.PhotosDatabase;
import dev.shoebox.library.PhotosDatabase.Ios;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.Listings;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.Scope;
import dev.shoebox.photos.source.Unreadable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static dev.shoebox.library.PhotosDatabase.asset;
import static dev.shoebox.phonebackup.Backups.jpeg;
import static dev.shoebox.phonebackup.Backups.paths;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class EncryptedBackupTest {
    private static final String ONE = "DCIM/100APPLE/IMG_0001.JPG";
    private static final String TWO = "DCIM/100APPLE/IMG_0002.JPG";
    private static final String PASSWORD = "pässwörd 1 €";

    @TempDir
    Path folder;

    private MadeBackup backup(Encryption how) {
        return new MadeBackup(folder.resolve("backup")).encrypted(how);
    }

    private static MediaSource open(Path backup) throws IOException {
        return PhoneBackup.of(backup).open(Scope.USUAL, with(PASSWORD));
    }

    private static PhoneBackup.Unlocking with(String password) {
        return keybag -> keybag.unlock(password.getBytes(StandardCharsets.UTF_8))
                .orElseThrow(() -> new IOException("wrong password"));
    }

    /** With the key derivation of iOS 10.2 and later, and with the earlier one. */
    @ParameterizedTest
    @CsvSource({"1000, 100", "0, 10000", "100000, 10000"})
    void everyByteIsAsItWasOnThePhone(int firstRounds, int rounds) throws IOException {
        MadeBackup made = backup(new Encryption(PASSWORD, firstRounds, rounds));
        Map<String, String> expected = new LinkedHashMap<>();
        int number = 0;
        for (int size : new int[] {0, 1, 15, 16, 17, 31, 32, 33, 4096, 1 << 18, (1 << 18) + 1, 1 << 20, 3_000_001}) {
            byte[] content = new byte[size];
            new Random(size).nextBytes(content);
            String path = "DCIM/100APPLE/IMG_%04d.JPG".formatted(++number);
            made.photo(path, content);
            expected.put(path, new String(content, ISO_8859_1));
        }
        Path root = made.write();
        var before = Backups.state(root);
        try (MediaSource source = open(root)) {
            Listing listing = source.list();
            assertTrue(Listings.isComplete(listing));
            assertEquals(
                    expected.values().stream().map(text -> (long) text.length()).toList(),
                    listing.files().stream().map(MediaFile::size).toList());
            Drained drained = Drained.all(source);
            assertEquals(expected.keySet(), drained.whole().keySet());
            expected.forEach(
                    (path, text) -> assertTrue(text.equals(drained.whole().get(path)), path));
            assertTrue(listing.files().stream().noneMatch(source::isBroken));
        }
        assertEquals(before, Backups.state(root));
    }

    @Test
    void aWrongPasswordOpensNothing() throws IOException {
        MadeBackup made = backup(new Encryption(PASSWORD, 1000, 100));
        made.photo(ONE, jpeg("one"));
        Path root = made.write();
        assertThrows(IOException.class, () -> PhoneBackup.of(root).open(Scope.USUAL, with("password")));
    }

    /** The list says "encrypted" nowhere, as in backups of a Mac that keeps the password. */
    @Test
    void theBackupsOwnClaimOfEncryptionDoesNotDecide() throws IOException {
        MadeBackup made = backup(new Encryption(PASSWORD, 1000, 100)).claimingPlain();
        made.photo(ONE, jpeg("one"));
        try (MediaSource source = open(made.write())) {
            assertEquals(1, Drained.all(source).whole().size());
        }
    }

    /** As iOS 10.0 and 10.1 made them: no photo may be stored in its encrypted form. */
    @Test
    void filesAreDecryptedEvenIfTheListIsPlain() throws IOException {
        MadeBackup made = backup(new Encryption(PASSWORD, 0, 100)).withPlainList();
        made.photo(ONE, jpeg("one"));
        Path root = made.write();
        assertThrows(IOException.class, () -> PhoneBackup.of(root).open(Scope.USUAL, Backups.PLAIN));
        try (MediaSource source = open(root)) {
            assertEquals(
                    Map.of(ONE, new String(jpeg("one"), ISO_8859_1)),
                    Drained.all(source).whole());
        }
    }

    @Test
    void aFileWhoseKeyDoesNotUnlockIsNamed() throws IOException {
        MadeBackup made = backup(new Encryption(PASSWORD, 1000, 100).inClass(12));
        made.photo(ONE, jpeg("one"));
        try (MediaSource source = open(made.write())) {
            Listing listing = source.list();
            assertTrue(Listings.isComplete(listing));
            assertEquals(
                    List.of(ONE),
                    listing.unreadable().stream().map(Unreadable::path).toList());
        }
    }

    @Test
    void aFileDamagedAtItsEndOrTruncatedIsDeliveredAsBroken() throws IOException {
        byte[] content = new byte[1000];
        new Random(1).nextBytes(content);
        MadeBackup made = backup(new Encryption(PASSWORD, 1000, 100));
        made.photo(ONE, content).damaged();
        MadeBackup.Line cut = made.photo(TWO, content);
        MadeBackup.Line odd = made.photo("DCIM/100APPLE/IMG_0003.JPG", content);
        MadeBackup.Line empty = made.photo("DCIM/100APPLE/IMG_0004.JPG", content);
        Path root = made.write();
        for (Map.Entry<MadeBackup.Line, Integer> each :
                Map.of(cut, 512, odd, 515, empty, 0).entrySet()) {
            Path place = root.resolve(each.getKey().id().substring(0, 2))
                    .resolve(each.getKey().id());
            Files.write(place, Arrays.copyOf(Files.readAllBytes(place), each.getValue()));
        }
        try (MediaSource source = open(root)) {
            Listing listing = source.list();
            assertEquals(
                    List.of(1000L, 512L, 512L, 0L),
                    listing.files().stream().map(MediaFile::size).toList());
            Map<String, String> whole = Drained.all(source).whole();
            assertEquals(4, whole.size());
            assertTrue(new String(content, ISO_8859_1).startsWith(whole.get(TWO)));
            assertTrue(listing.files().stream().allMatch(source::isBroken));
        }
    }

    /** The list often has another size for a database than the database itself. */
    @Test
    void aDatabaseIsReadWhateverItsSizeInTheList() throws Exception {
        Path media = folder.resolve("media");
        try (PhotosDatabase database = PhotosDatabase.create(media, Ios.IOS_18)) {
            database.add(asset(ONE).with("ZFAVORITE", 1));
            database.checkpoint();
        }
        byte[] library = Files.readAllBytes(media.resolve("PhotoData/Photos.sqlite"));
        for (long said : new long[] {library.length - 4096, library.length, library.length + 4096, 7}) {
            MadeBackup made =
                    new MadeBackup(folder.resolve("backup" + said)).encrypted(new Encryption(PASSWORD, 1000, 100));
            made.photo(ONE, jpeg("one"));
            made.photo("PhotoData/Photos.sqlite", library).saying(said);
            try (MediaSource source = open(made.write())) {
                assertTrue(new LibraryReader(folder.resolve("cache"))
                        .read(source, bytes -> {}, () -> false)
                        .library()
                        .at(ONE)
                        .isPresent());
            }
        }
    }

    @Test
    void aListThatIsDamagedIsRefusedInWords() throws IOException {
        MadeBackup made = backup(new Encryption(PASSWORD, 1000, 100));
        made.photo(ONE, jpeg("one"));
        Path root = made.write();
        Path list = root.resolve("Manifest.db");
        byte[] whole = Files.readAllBytes(list);
        byte[] torn = whole.clone();
        Arrays.fill(torn, 0, 64, (byte) 7);
        for (byte[] bad : List.of(new byte[0], Arrays.copyOf(whole, 7), Arrays.copyOf(whole, 3000), torn)) {
            Files.write(list, bad);
            IOException refused = assertThrows(IOException.class, () -> open(root));
            assertTrue(refused.getMessage().contains("Manifest.db"), refused::getMessage);
        }
        Files.write(list, whole);
        Files.write(root.resolve("Manifest.plist"), new byte[100]);
        IOException refused = assertThrows(IOException.class, () -> open(root));
        assertTrue(refused.getMessage().contains("Manifest.plist"), refused::getMessage);
    }

    @Test
    void nothingOfTheListStaysBehind() throws IOException {
        MadeBackup made = backup(new Encryption(PASSWORD, 1000, 100));
        made.photo(ONE, jpeg("one"));
        Path root = made.write();
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        try (MediaSource source = open(root);
                var left = Files.newDirectoryStream(temporary, "shoebox-manifest*")) {
            assertEquals(List.of(ONE), paths(source.list()));
            left.forEach(each -> {
                throw new AssertionError(each + " is left");
            });
        }
    }

    /** Encrypted bytes never pass for a photo, whatever its line of the list lacks. */
    @Test
    void aFileWithoutItsKeyIsNamedAndNotCopiedEncrypted() throws IOException {
        MadeBackup made = backup(new Encryption(PASSWORD, 1000, 100));
        made.photo(ONE, jpeg("one")).archived(new byte[0]);
        made.photo(TWO, jpeg("two")).archived(new byte[100_000]);
        made.photo("DCIM/100APPLE/IMG_0003.JPG", jpeg("three")).withoutKey();
        try (MediaSource source = open(made.write())) {
            Listing listing = source.list();
            assertTrue(Listings.isComplete(listing));
            assertEquals(List.of(), paths(listing));
            assertEquals(3, listing.unreadable().size());
        }
    }
}
