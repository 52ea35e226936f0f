package dev.shoebox.phonebackup;

import dev.shoebox.cli.Shell;
import dev.shoebox.library.PhotosDatabase;
import dev.shoebox.library.PhotosDatabase.Ios;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import static dev.shoebox.library.PhotosDatabase.asset;
import static dev.shoebox.phonebackup.Backups.jpeg;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Files from a local backup of an iPhone, or from the library of a Mac, are compared with Photos' own fingerprints. */
class ProvenByLibraryTest {
    private static final Instant MAY = Instant.parse("2024-05-17T09:15:30Z");

    @TempDir
    Path home;

    private static String fingerprint(byte[] content) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-1");
        digest.update("com.apple.XattrObjectSalt\0com.apple.DataObjectSalt\0".getBytes(StandardCharsets.US_ASCII));
        byte[] sha1 = digest.digest(content);
        return Base64.getEncoder()
                .encodeToString(ByteBuffer.allocate(21).put((byte) 1).put(sha1).array());
    }

    private static void column(PhotosDatabase database, String name) throws SQLException {
        database.execute("ALTER TABLE ZADDITIONALASSETATTRIBUTES ADD COLUMN " + name + " VARCHAR");
    }

    private Map<?, ?> proofs(Shell shell) throws Exception {
        List<Map<String, Object>> summaries = shell.events("summary");
        return (Map<?, ?>) summaries.get(summaries.size() - 1).get("proofs");
    }

    @ParameterizedTest
    @EnumSource(
            value = Ios.class,
            names = {"IOS_13", "IOS_17_6", "IOS_18", "IOS_26"})
    void aBackupIsProvenByTheLibraryInIt(Ios ios) throws Exception {
        Path media = home.resolve("media");
        String column = ios.compareTo(Ios.IOS_18) >= 0 ? "ZORIGINALSTABLEHASH" : "ZMASTERFINGERPRINT";
        byte[] two = jpeg("two");
        try (PhotosDatabase database = PhotosDatabase.create(media, ios)) {
            column(database, column);
            database.add(
                    asset("DCIM/100APPLE/IMG_0001.JPG").attribute(column, fingerprint(jpeg("one"))),
                    asset("DCIM/100APPLE/IMG_0002.JPG")
                            .attribute(column, fingerprint(jpeg("six")))
                            .attribute("ZORIGINALFILESIZE", two.length),
                    asset("DCIM/100APPLE/IMG_0003.JPG"));
            database.checkpoint();
        }
        MadeBackup made = new MadeBackup(home.resolve("backup")).encrypted(new Encryption("password", 100, 10));
        made.media(media);
        made.photo("DCIM/100APPLE/IMG_0001.JPG", jpeg("one"));
        made.photo("DCIM/100APPLE/IMG_0002.JPG", two);
        made.photo("DCIM/100APPLE/IMG_0003.JPG", jpeg("three"));
        Path password = Files.writeString(home.resolve("password"), "password");
        Shell shell = new Shell(home);

        shell.shoebox("backup", "--json", "--from", made.write(), "--password-file", password, home.resolve("photos"));

        assertEquals(1, proofs(shell).get("fingerprint"), shell::out);
        assertEquals(1, proofs(shell).get("perhapsDamaged"), shell::out);
        assertEquals(1, proofs(shell).get("readOnce"), shell::out);
    }

    private static final String ONE = "originals/1/1A2B3C4D-0000-1111-2222-333344445555";
    private static final String TWO = "originals/A/A1B2C3D4-0000-1111-2222-333344445555";

    private static void write(Path place, byte[] content) throws Exception {
        Files.createDirectories(place.getParent());
        Files.write(place, content);
    }

    /** @param ios the version whose tables the macOS of the time has */
    @ParameterizedTest
    @EnumSource(
            value = Ios.class,
            names = {"IOS_13", "IOS_17_6", "IOS_18", "IOS_26"})
    void theLibraryOfAMacIsProvenByItself(Ios ios) throws Exception {
        Path library = home.resolve("Photos Library.photoslibrary");
        boolean later = ios.compareTo(Ios.IOS_18) >= 0;
        String original = later ? "ZORIGINALSTABLEHASH" : "ZMASTERFINGERPRINT";
        String edit = later ? "ZADJUSTEDSTABLEHASH" : "ZADJUSTEDFINGERPRINT";
        byte[] two = jpeg("two");
        try (PhotosDatabase database = PhotosDatabase.create(home.resolve("made"), ios)) {
            column(database, original);
            column(database, edit);
            database.add(
                    asset("1/1A2B3C4D-0000-1111-2222-333344445555.jpeg")
                            .created(MAY, 7200)
                            .with("ZHASADJUSTMENTS", 1)
                            .attribute(original, fingerprint(jpeg("one")))
                            .attribute(edit, fingerprint(jpeg("edited"))),
                    asset("A/A1B2C3D4-0000-1111-2222-333344445555.jpeg")
                            .created(MAY, 7200)
                            .attribute("ZORIGINALFILESIZE", two.length)
                            .attribute(original, fingerprint(jpeg("six"))),
                    // Files outside the library, which knows their location.
                    asset("/Volumes/Disk/Pictures/IMG_0001.JPG").with("ZSAVEDASSETTYPE", 10),
                    asset("Volumes/Pictures/IMG_0002.JPG").with("ZSAVEDASSETTYPE", 10));
            database.checkpoint();
        }
        Files.createDirectories(library.resolve("database"));
        Files.move(home.resolve("made/PhotoData/Photos.sqlite"), library.resolve("database/Photos.sqlite"));
        write(library.resolve(ONE + ".jpeg"), jpeg("one"));
        write(library.resolve("resources/renders/1/1A2B3C4D-0000-1111-2222-333344445555_1_201_a.jpeg"), jpeg("edited"));
        write(library.resolve(TWO + ".jpeg"), two);
        var before = Backups.state(library);
        Shell shell = new Shell(home);

        shell.shoebox("backup", "--json", "--from", library, home.resolve("photos"));

        assertEquals(2, proofs(shell).get("fingerprint"), shell::out);
        assertEquals(1, proofs(shell).get("perhapsDamaged"), shell::out);
        assertEquals(before, Backups.state(library));
        assertTrue(shell.events("warning").isEmpty(), shell::out);
    }

    /** A damaged library does not prevent any photo from being copied. */
    @Test
    void aDamagedLibraryOfAMacCostsNoPhoto() throws Exception {
        Path library = home.resolve("Photos Library.photoslibrary");
        write(library.resolve("database/Photos.sqlite"), new byte[5000]);
        write(library.resolve(ONE + ".jpeg"), jpeg("one"));
        Shell shell = new Shell(home);
        assertEquals(0, shell.shoebox("backup", "--from", library, home.resolve("photos")), shell::err);
    }
}
