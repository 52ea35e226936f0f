package dev.shoebox.destination;

import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.PathDisk;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.photos.LibraryAsset.Trait;
import dev.shoebox.photos.naming.AlbumPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

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
    void notesOfAnEarlierVersionAreReadAndAreOfNoStateOfTheLibraryOfNow() throws IOException {
        Files.createDirectory(root.resolve(Identity.FOLDER));
        LibraryNotes.write(disk(), Backups.PHONE, new LibraryNotes("now", List.of()));
        String head = Files.readString(file());
        Files.writeString(file(), head + "{\"path\":\"DCIM/a.jpg\",\"albums\":[\"Travel/Oslo\"]}\n");

        LibraryNotes read = LibraryNotes.read(disk(), Backups.PHONE).orElseThrow();
        assertEquals(
                List.of(AlbumPath.of("Travel", "Oslo")), read.notes().get(0).albums());
        assertNotEquals("now", read.mark());
    }
}
