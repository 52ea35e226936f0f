package dev.shoebox.destination;

import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.PathDisk;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.photos.LibraryAsset.Trait;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.naming.AlbumPath;
import dev.shoebox.photos.source.MediaFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

class LibraryNotesTest {
    @TempDir
    private Path root;

    private Disk disk() {
        return new PathDisk(root);
    }

    private Path file() throws IOException {
        try (var files = Files.list(root.resolve(LibraryNotes.FOLDER))) {
            return files.findAny().orElseThrow();
        }
    }

    @Test
    void aTitleWithASlashComesBackAsOne() throws IOException {
        Files.createDirectory(root.resolve(Identity.FOLDER));
        List<AlbumPath> albums = List.of(AlbumPath.of("2: 2/2024"), AlbumPath.of("Travel", "Oslo"));
        var notes = new LibraryNotes(
                "now",
                List.of(new LibraryNote(
                        "DCIM/a.jpg", albums, List.of("Anna"), Set.of(Trait.HIDDEN), List.of(), OptionalLong.empty())));
        LibraryNotes.write(disk(), Backups.PHONE, notes);
        assertEquals(notes, LibraryNotes.read(disk(), Backups.PHONE).orElseThrow());
    }

    @Test
    void notesOfAnEarlierVersionAreReadWithoutAStateOfTheLibrary() throws IOException {
        Files.createDirectory(root.resolve(Identity.FOLDER));
        LibraryNotes.write(disk(), Backups.PHONE, new LibraryNotes("now", List.of()));
        String head = Files.readString(file());
        Files.writeString(file(), head + "{\"path\":\"DCIM/a.jpg\",\"albums\":[\"Travel/Oslo\"]}\n");

        LibraryNotes read = LibraryNotes.read(disk(), Backups.PHONE).orElseThrow();
        assertEquals(
                List.of(AlbumPath.of("Travel", "Oslo")), read.notes().get(0).albums());
        assertNotEquals("now", read.mark());
    }

    @Test
    void ofPhotosThatHadTheSameNameOneAfterTheOtherTheLastIsMeant() throws IOException {
        Backups backup = new Backups(root.resolve("backup"));
        Instant later = Backups.MODIFIED.plus(Duration.ofDays(700));
        backup.run(live("DCIM/100APPLE/IMG_0001", "old", Backups.MODIFIED));
        backup.run(live("DCIM/100APPLE/IMG_0001", "new", later), Backups.photo("DCIM/100APPLE/IMG_0002.JPG", "other"));
        try (Destination destination = backup.open()) {
            destination
                    .memory()
                    .recordLibraryNotes(
                            Backups.PHONE,
                            new LibraryNotes(
                                    "now",
                                    List.of(
                                            of("DCIM/100APPLE/IMG_0001.JPG", "Oslo"),
                                            of("DCIM/100APPLE/IMG_0002.JPG", "Rome"))));
            Map<String, String> content = backup.photos();
            Map<AlbumPath, Set<String>> albums = new HashMap<>();
            destination
                    .memory()
                    .albums()
                    .forEach((album, paths) ->
                            albums.put(album, paths.stream().map(content::get).collect(Collectors.toSet())));
            assertEquals(
                    Map.of(AlbumPath.of("Oslo"), Set.of("new", "new, moving"), AlbumPath.of("Rome"), Set.of("other")),
                    albums);
            assertEquals(
                    Set.of("new", "new, moving", "other"),
                    destination.memory().persons().keySet().stream()
                            .map(content::get)
                            .collect(Collectors.toSet()));
        }
    }

    private static Backups.Shot live(String stem, String content, Instant modified) {
        String moving = content + ", moving";
        return Backups.shot(
                new Backups.Part(
                        new Resource(
                                new MediaFile(stem + ".JPG", content.length(), modified, Optional.empty()), Role.PHOTO),
                        content),
                new Backups.Part(
                        new Resource(
                                new MediaFile(stem + ".MOV", moving.length(), modified, Optional.empty()),
                                Role.PAIRED_VIDEO),
                        moving));
    }

    private static LibraryNote of(String path, String album) {
        return new LibraryNote(
                path, List.of(AlbumPath.of(album)), List.of("Anna"), Set.of(), List.of(), OptionalLong.empty());
    }
}
