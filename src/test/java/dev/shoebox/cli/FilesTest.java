package dev.shoebox.cli;

import dev.shoebox.plist.PropertyList;
import dev.shoebox.simulator.apps.SimulatedApp;
import dev.shoebox.simulator.library.Libraries;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Files other than photos that the cable shows are listed and backed up, and never count as photos. */
class FilesTest extends FilesCase {
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
    void aChangedDocumentIsKeptBesideItsEarlierVersionAndADeletedOneStays() throws Exception {
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
    void appsAndKindsAreChosen() throws Exception {
        Path other = Files.createDirectories(phoneFolder.resolve("other"));
        put(other, "song.txt", "la");
        put(sketches, "a.txt", "a");
        put(media, "Books/Purchases/ABC.epub", "book");
        put(media, "Books/Purchases/DEF.epub/mimetype", "application/epub+zip");
        put(media, "iTunes_Control/Ringtones/QWER.m4r", "ring");
        put(media, "Recordings/20200101 101010.m4a", "memo");
        write(
                "Books/Purchases/Purchases.plist",
                Map.of(
                        "Books",
                        List.of(
                                Map.of("Name", "Emma", "Artist", "Jane Austen", "Path", "ABC.epub"),
                                Map.of("Name", "../up/and\u0007away", "Path", "DEF.epub"))));
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
    void damagedFilesAreRestoredFromTheAppAndASecondCopyHasThem() throws Exception {
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

    private void write(String path, Map<String, ?> list) throws IOException {
        Path file = media.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, PropertyList.xml(list));
    }
}
