package dev.shoebox.destination.parts;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.DiskCapabilities;
import dev.shoebox.destination.disk.DiskCapabilities.NameFolding;
import dev.shoebox.destination.disk.PathDisk;
import dev.shoebox.text.Sha256;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

class LeftPartsTest {
    private static final String FILM = "2024/film.MOV";
    private static final String STAGING = "staging";
    private static final int PART_BYTES = 4;

    /** Where a name owns its bytes, deleting a partial file frees those of the part, or the note, that it became. */
    @ParameterizedTest
    @CsvSource({
        "2024/film.MOV.001, run-1.part",
        "2024/film.MOV.002, run-1.part.002",
        "2024/film.MOV.sha256, run-1.part.sha256"
    })
    void aPartialFileThatCameBackBesideWhatItBecameIsInTheWay(String became, String partial) throws IOException {
        try (FileSystem system = Jimfs.newFileSystem(Configuration.unix())) {
            Path root = system.getPath("/backup");
            Files.createDirectories(root.resolve("2024"));
            Files.createDirectories(root.resolve(STAGING));
            Files.writeString(root.resolve(FILM + ".001"), "abcd");
            Files.writeString(root.resolve(FILM + ".002"), "ef");
            var parts = new Disk.Parts(
                    Sha256.hex("abcdef"),
                    Stream.of("abcd", "ef").map(Sha256::hex).toList());
            Files.writeString(root.resolve(FILM + ".sha256"), InParts.note(FILM, parts));
            var disk = new PartedDisk(new PathDisk(root), STAGING, PART_BYTES);
            var abilities =
                    new DiskCapabilities(new NameFolding(true, true), false, true, true, false, false, PART_BYTES);
            var film = new LeftParts.Intended(FILM, parts.sha256(), 6);
            assertEquals(new LeftParts.Left(true, List.of()), left(disk, abilities, film));

            Files.copy(root.resolve(became), root.resolve(STAGING).resolve(partial));

            LeftParts.Left left = left(disk, abilities, film);
            assertEquals(
                    List.of(FILM + ".sha256", FILM + ".002", FILM + ".001", STAGING + "/" + partial), left.inTheWay());
        }
    }

    private static LeftParts.Left left(Disk disk, DiskCapabilities abilities, LeftParts.Intended film)
            throws IOException {
        return new LeftParts(disk, abilities, STAGING).of(film, name -> true);
    }
}
