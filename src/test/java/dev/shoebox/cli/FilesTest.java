package dev.shoebox.cli;

import dev.shoebox.TransportUnderTest;
import dev.shoebox.plist.PropertyList;
import dev.shoebox.simulator.apps.SimulatedApp;
import dev.shoebox.simulator.library.Libraries;
import dev.shoebox.simulator.phone.PhoneSettings;
import dev.shoebox.simulator.phone.SimulatedPhone;
import dev.shoebox.simulator.usb.SimulatedUsb;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What the cable shows beside photos is listed and backed up like them, and never counts as one. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag(TransportUnderTest.TAG)
class FilesTest {
    private static final String SKETCHES = "org.example.Sketches";
    private static final String PHOTO = "DCIM/100APPLE/IMG_0001.JPG";

    @TempDir
    private Path home;

    @TempDir
    private Path phoneFolder;

    private Path media;
    private Path sketches;
    private Path backup;
    private Shell shell;
    private SimulatedUsb usb;
    private SimulatedPhone phone;

    @BeforeEach
    void plugIn() throws IOException {
        media = Files.createDirectories(phoneFolder.resolve("media"));
        sketches = Files.createDirectories(phoneFolder.resolve("sketches"));
        backup = home.resolve("backup");
        shell = new Shell(home);
        usb = SimulatedUsb.start("UNIX:" + home.resolve("mux"));
        phone = new SimulatedPhone(
                PhoneSettings.of(Libraries.folder(media)).withPaired(true).withName("Ana’s iPhone"));
        phone.apps().install(SimulatedApp.sharing(SKETCHES, "Sketches", Libraries.folder(sketches)));
        phone.apps().install(SimulatedApp.closed("org.example.Bank", "Bank", Libraries.folder(sketches)));
        usb.plug(phone);
        Shell.connectTo(usb.address());
    }

    @AfterEach
    void unplug() {
        usb.close();
    }

    private static void put(Path folder, String path, String content) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private void backUp(int code, Object... more) {
        Object[] words = Stream.concat(
                        Stream.of("files", "--json", "-v"), Stream.concat(Stream.of(more), Stream.of(backup)))
                .toArray();
        assertEquals(code, shell.shoebox(words), () -> shell.err() + shell.out());
    }

    private Map<String, Object> summary() throws IOException {
        return shell.events("summary").get(0);
    }

    /** Everything below the folder of files, with its content. */
    private Map<String, String> stored() throws IOException {
        Map<String, String> stored = new TreeMap<>();
        Path files = backup.resolve("Files");
        if (Files.isDirectory(files)) {
            try (Stream<Path> all = Files.walk(files)) {
                for (Path file : all.filter(Files::isRegularFile).toList()) {
                    stored.put(files.relativize(file).toString(), Files.readString(file));
                }
            }
        }
        return stored;
    }

    @Test
    void appsAndTheirDocumentsAreListedWithNumbersAndSizes() throws Exception {
        put(sketches, "Plans/house.pdf", "12345");
        put(sketches, "notes.txt", "1");
        put(media, "iTunes_Control/Music/F00/ABCD.mp3", "123");
        put(media, "Purchases/77.m4p", "1");
        put(media, "Purchases/78.m4p", "1");
        put(media, "Downloads/downloads.28.sqlitedb", "1");
        put(media, PHOTO, "photo");
        assertEquals(0, shell.shoebox("files", "--json"), shell::err);
        Map<Object, Object> sizes = shell.events("files").stream()
                .collect(Collectors.toMap(
                        each -> each.getOrDefault("app", each.get("kind")),
                        each -> each.get("files") + "/" + each.get("bytes")));
        assertEquals(
                Map.of(SKETCHES, "2/6", "music", "1/3", "books", "0/0", "ringtones", "0/0", "recordings", "0/0"),
                sizes);
        assertEquals(3, summary().get("files"));
        assertEquals(2, summary().get("protectedPurchases"));
        assertEquals(1, summary().get("systemFiles"));
        assertEquals(0, phone.observed().writeOperations());
    }

    @Test
    void everyDocumentIsBackedUpOnceAndProvenLikeAPhoto() throws Exception {
        put(sketches, "Plans/house.pdf", "house");
        put(sketches, "Plans/house.txt", "words");
        put(sketches, "copy of house.pdf", "house");
        put(sketches, ".config", "hidden");
        put(sketches, "empty.jpg", "");
        Files.setLastModifiedTime(
                sketches.resolve("Plans/house.pdf"), FileTime.from(Instant.parse("2021-05-04T03:02:01Z")));
        backUp(0);
        assertEquals(
                Map.of(
                        "Apps/Sketches/Plans/house.pdf", "house",
                        "Apps/Sketches/Plans/house.txt", "words",
                        "Apps/Sketches/copy of house.pdf", "house",
                        "Apps/Sketches/_config", "hidden",
                        "Apps/Sketches/empty.jpg", ""),
                stored());
        assertEquals(
                Instant.parse("2021-05-04T03:02:01Z"),
                Files.getLastModifiedTime(backup.resolve("Files/Apps/Sketches/Plans/house.pdf"))
                        .toInstant());
        assertTrue(Files.readString(backup.resolve("SHA256SUMS")).contains("Files/Apps/Sketches/Plans/house.pdf"));

        long read = phone.observed().opens();
        backUp(0);
        assertEquals(0, summary().get("copied"));
        assertEquals(5, summary().get("alreadyBackedUp"));
        assertEquals(read, phone.observed().opens(), "an unchanged file is not opened again");
        assertEquals(0, shell.shoebox("verify", backup), shell::err);
        assertEquals(0, phone.observed().writeOperations());
        assertTrue(phone.apps().mostAtOnce() <= 1, "one app at a time");
        phone.apps().awaitNone();
    }

    @Test
    void aChangedDocumentIsKeptBesideItsEarlierVersionAndAGoneOneStays() throws Exception {
        put(sketches, "a.txt", "one");
        put(sketches, "b.txt", "b");
        backUp(0);
        put(sketches, "a.txt", "two");
        Files.delete(sketches.resolve("b.txt"));
        backUp(0);
        put(sketches, "a.txt", "one");
        Files.setLastModifiedTime(sketches.resolve("a.txt"), FileTime.from(Instant.parse("2022-01-01T00:00:00Z")));
        backUp(0);
        assertEquals(0, summary().get("copied"), "what was there before is not stored twice");
        Map<String, String> stored = stored();
        assertEquals(Set.of("one", "two", "b"), Set.copyOf(stored.values()));
        assertEquals(3, stored.size());
        assertEquals("one", stored.get("Apps/Sketches/a.txt"));
    }

    @Test
    void aFileIsNoPhotoForAnythingThatJudgesPhotos() throws Exception {
        byte[] photo = Pictures.jpeg("1");
        Files.createDirectories(media.resolve(PHOTO).getParent());
        Files.write(media.resolve(PHOTO), photo);
        Files.write(sketches.resolve("IMG_0001.JPG"), photo);
        Files.write(sketches.resolve("IMG_0002.JPG"), Pictures.jpeg("2"));
        backUp(0);
        assertEquals(5, shell.shoebox("status", "--max-age", "8d", backup), "no backup of the photos was made");
        assertEquals(0, shell.shoebox("status", "--json", backup), shell::err);
        assertEquals("phone-files", shell.events("source").get(0).get("kind"));
        assertEquals(0, shell.events("source").get(0).get("photosAndVideos"));
        assertEquals(0, shell.shoebox("find", "--json", "--name", "IMG_0002", backup), shell::err);
        assertEquals(0, shell.events("found").size());
        assertEquals(0, shell.shoebox("history", "--json", backup), shell::err);
        assertEquals("files", shell.events("run").get(0).get("kind"));

        assertEquals(0, shell.shoebox("backup", "--json", backup), shell::err);
        assertEquals(1, summary().get("copied"), "the photo is stored as one, though an app has its bytes");
        try (Stream<Path> all = Files.walk(backup)) {
            assertEquals(2, all.filter(file -> file.endsWith("IMG_0001.JPG")).count());
        }
        Path given = home.resolve("given");
        shell.shoebox("export", "--since", "1990", "-o", given, backup);
        assertFalse(Files.exists(given.resolve("Files")), "a choice of photos takes no document");
        assertEquals(0, shell.shoebox("safe-to-remove", "--json", backup), shell::err);
        assertEquals(0, shell.shoebox("status", "--max-age", "8d", backup), shell::err);
    }

    @Test
    void whatIsDamagedComesBackFromTheAppAndASecondCopyHasIt() throws Exception {
        put(sketches, "Plans/house.pdf", "house");
        put(sketches, "b.txt", "other");
        backUp(0);
        Path stored = backup.resolve("Files/Apps/Sketches/Plans/house.pdf");
        FileTime time = Files.getLastModifiedTime(stored);
        Files.writeString(stored, "hause");
        Files.setLastModifiedTime(stored, time);
        assertEquals(4, shell.shoebox("verify", backup), shell::out);
        assertEquals(0, shell.shoebox("repair", backup), () -> shell.out() + shell.err());
        assertEquals("house", Files.readString(stored));
        Path second = home.resolve("second");
        assertEquals(0, shell.shoebox("backup", "--from", shell.card("card", "1.jpg"), second), shell::err);
        assertEquals(0, shell.shoebox("merge", backup, second), () -> shell.out() + shell.err());
        assertEquals("house", Files.readString(second.resolve("Files/Apps/Sketches/Plans/house.pdf")));
        assertEquals("other", Files.readString(second.resolve("Files/Apps/Sketches/b.txt")));
        backup = second;
        backUp(0);
        assertEquals(2, summary().get("alreadyBackedUp"));
    }

    @Test
    void appsAndKindsAreChosen() throws Exception {
        Path other = Files.createDirectories(phoneFolder.resolve("other"));
        put(other, "song.txt", "la");
        put(sketches, "a.txt", "a");
        put(media, "Books/Purchases/ABC.epub", "book");
        put(media, "Books/Purchases/DEF.epub/mimetype", "application/epub+zip");
        put(media, "iTunes_Control/Ringtones/QWER.m4r", "ring");
        put(media, "Recordings/20200101 101010.m4a", "memo");
        write("Books/Purchases/Purchases.plist", Map.of("Books", new Object[] {
            Map.of("Name", "Emma", "Artist", "Jane Austen", "Path", "ABC.epub"),
            Map.of("Name", "../up/and\u0007away", "Path", "DEF.epub")
        }));
        write(
                "iTunes_Control/iTunes/Ringtones.plist",
                Map.of("Ringtones", Map.of("QWER.m4r", Map.of("Name", "Marimba"))));
        phone.apps().install(SimulatedApp.sharing("org.example.Other", "Other", Libraries.folder(other)));
        backUp(0, "--app", "sketches");
        assertEquals(Set.of("Apps/Sketches/a.txt"), stored().keySet());
        backUp(0, "--kind", "books,ringtones");
        assertEquals(
                new TreeSet<>(Set.of(
                        "Apps/Sketches/a.txt",
                        "Books/Jane Austen - Emma.epub",
                        "Books/_._up_andaway.epub/mimetype",
                        "Ringtones/Marimba.m4r")),
                new TreeSet<>(stored().keySet()));
        backUp(0);
        assertEquals("la", stored().get("Apps/Other/song.txt"));
        assertEquals("memo", stored().get("Recordings/20200101 101010.m4a"));
        assertEquals(2, shell.shoebox("files", "--app", "Bank", backup), "it shares nothing");
        assertEquals(2, shell.shoebox("files", "--app", "Sketches", "--kind", "books", backup));
        assertEquals(2, shell.shoebox("files", "--kind", "messages", backup));
    }

    @Test
    void songsAreFiledByArtistAndAlbum() throws Exception {
        put(media, "iTunes_Control/Music/F00/ABCD.m4a", "song");
        put(media, "iTunes_Control/Music/F01/EFGH.mp3", "unknown");
        Path database = media.resolve("iTunes_Control/iTunes/MediaLibrary.sqlitedb");
        Files.createDirectories(database.getParent());
        try (Connection sql = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = sql.createStatement()) {
            for (String line : new String[] {
                "CREATE TABLE item (item_pid INTEGER PRIMARY KEY, base_location_id INTEGER, item_artist_pid INTEGER,"
                        + " album_pid INTEGER, track_number INTEGER)",
                "CREATE TABLE item_extra (item_pid INTEGER PRIMARY KEY, title TEXT, location TEXT)",
                "CREATE TABLE base_location (base_location_id INTEGER PRIMARY KEY, path TEXT)",
                "CREATE TABLE item_artist (item_artist_pid INTEGER PRIMARY KEY, item_artist TEXT)",
                "CREATE TABLE album (album_pid INTEGER PRIMARY KEY, album TEXT)",
                "INSERT INTO item VALUES (-7, 3, 11, 12, 4)",
                "INSERT INTO item_extra VALUES (-7, 'Là/Bas', 'ABCD.m4a')",
                "INSERT INTO base_location VALUES (3, 'iTunes_Control/Music/F00')",
                "INSERT INTO item_artist VALUES (11, 'AC/DC')",
                "INSERT INTO album VALUES (12, '..')"
            }) {
                statement.execute(line);
            }
        }
        backUp(0, "--kind", "music");
        assertEquals(Map.of("Music/AC_DC/__/04 Là_Bas.m4a", "song", "Music/EFGH.mp3", "unknown"), stored());
        Files.write(database, new byte[5000]);
        put(media, "iTunes_Control/Music/F02/IJKL.mp3", "later");
        backUp(0, "--kind", "music");
        assertEquals("later", stored().get("Music/IJKL.mp3"));
        assertEquals(1, shell.events("warning").size());
    }

    private void write(String path, Map<String, ?> list) throws IOException {
        Path file = media.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, PropertyList.xml(list));
    }

    @Test
    void anAppThatRefusesCostsNoOtherAndIsNamed() throws Exception {
        put(sketches, "a.txt", "a");
        for (String error : new String[] {"ApplicationLookupFailed", "InstallationLookupFailed", "\u001b[31mNo"}) {
            String id = "org.example." + Integer.toUnsignedString(error.hashCode());
            phone.apps().install(SimulatedApp.sharing(id, error, Libraries.folder(sketches)));
            phone.apps().refuse(id, error);
        }
        backUp(3);
        assertEquals(1, summary().get("copied"));
        assertEquals(3, summary().get("failed"));
        assertFalse((shell.out() + shell.err()).contains("\u001b"), "nothing moves the cursor");
        phone.apps().awaitNone();
        assertEquals(3, shell.shoebox("files", "--json"), shell::err);
        assertEquals(3, shell.events("unreadable").size());
    }

    @Test
    void hostileNamesOfAppsAndFilesLandBelowFilesAlone() throws Exception {
        Path evil = Files.createDirectories(phoneFolder.resolve("evil"));
        put(evil, "same", "file");
        put(evil, "SAME/inner.txt", "inner");
        put(evil, "a.TXT", "upper");
        put(evil, "a.txt", "lower");
        put(evil, "CON", "device");
        put(evil, "PhotoData/Metadata/DCIM/100APPLE/IMG_1.JPG", "p");
        put(evil, "deep/" + "abcdefghij/".repeat(40) + "end.txt", "deep");
        put(evil, "x/x/x/x.txt", "nested alike");
        Files.createSymbolicLink(evil.resolve("link"), Path.of("/etc/passwd"));
        phone.apps()
                .install(
                        SimulatedApp.sharing("../../../org/evil", "../../\u001b[2J\u202eEvil", Libraries.folder(evil)));
        phone.apps().install(SimulatedApp.sharing("org/evil", "evil/../..", Libraries.folder(evil)));
        phone.apps()
                .install(new SimulatedApp(
                        "org.old", "Old", Map.of("UIFileSharingEnabled", "YES"), Libraries.folder(sketches)));
        backUp(0);
        assertEquals(16, summary().get("copied"));
        assertEquals(2, summary().get("links"));
        assertEquals(
                Set.of("file", "inner", "upper", "lower", "device", "p", "deep", "nested alike"),
                Set.copyOf(stored().values()));
        assertEquals(16, stored().size());
        try (Stream<Path> outside = Files.list(home)) {
            assertEquals(
                    Set.of("backup", "mux", "state"),
                    outside.map(each -> each.getFileName().toString())
                            .filter(name -> !name.equals("config"))
                            .collect(Collectors.toSet()));
        }
        assertFalse((shell.out() + shell.err()).contains("\u001b"), "nothing moves the cursor");
        assertEquals(0, shell.shoebox("verify", backup), shell::err);
        backUp(0);
        assertEquals(0, summary().get("copied"));
    }

    @Test
    void aFileThatBecameAFolderStopsNothing() throws Exception {
        put(sketches, "thing", "file");
        backUp(0);
        Files.delete(sketches.resolve("thing"));
        put(sketches, "thing/inner.txt", "inner");
        backUp(0);
        assertEquals(Map.of("Apps/Sketches/thing", "file", "Apps/Sketches/thing_/inner.txt", "inner"), stored());
    }

    @Test
    void aCableThatIsPulledCostsNothingButTime() throws Exception {
        for (int i = 0; i < 6; i++) {
            put(sketches, "big" + i + ".bin", ("" + i).repeat(300_000));
        }
        phone.faults().unplugAfter(700_000, Duration.ofMillis(50));
        backUp(0);
        assertEquals(6, summary().get("copied"));
        for (int i = 0; i < 6; i++) {
            assertArrayEquals(
                    Files.readAllBytes(sketches.resolve("big" + i + ".bin")),
                    Files.readAllBytes(backup.resolve("Files/Apps/Sketches/big" + i + ".bin")));
        }
    }

    @Test
    void aPhoneThatKeepsItsAppsToItselfGivesTheRest() throws Exception {
        put(media, "Books/b.pdf", "book");
        phone.apps().install(SimulatedApp.sharing("huge", "x".repeat(3 << 20), Libraries.folder(sketches)));
        backUp(3);
        assertEquals(Map.of("Books/b.pdf", "book"), stored());
        assertEquals(0, shell.shoebox("files", "--kind", "books", backup), shell::err);
    }
}
