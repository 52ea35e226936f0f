package dev.shoebox.destination.parts;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.shoebox.destination.disk.ContentHash;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.PathDisk;
import dev.shoebox.destination.records.Manifest;
import dev.shoebox.text.Sha256;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class PartedDiskTest {
    private static final String FILM = "2024/film.MOV";

    private FileSystem system;
    private Path root;
    private Disk disk;

    @BeforeEach
    void store() throws IOException {
        system = Jimfs.newFileSystem(Configuration.unix());
        root = Files.createDirectories(system.getPath("/backup"));
        Files.createDirectories(root.resolve("2024"));
        part(1, "abcd");
        part(2, "efgh");
        part(3, "ij");
        var parts = new Disk.Parts(
                Sha256.hex("abcdefghij"),
                Stream.of("abcd", "efgh", "ij").map(Sha256::hex).toList());
        Files.writeString(root.resolve(FILM + ".sha256"), InParts.note(FILM, parts));
        disk = new PartedDisk(new PathDisk(root));
    }

    private void part(int number, String text) throws IOException {
        Files.writeString(root.resolve(Disk.Parts.path(FILM, number)), text);
    }

    @AfterEach
    void close() throws IOException {
        system.close();
    }

    private Set<String> files(String folder) throws IOException {
        try (Stream<Path> files = Files.list(root.resolve(folder))) {
            Set<String> names = new TreeSet<>();
            files.forEach(file -> names.add(file.getFileName().toString()));
            return names;
        }
    }

    @Test
    void partsAreOneFileOfTheirSizeWithoutTheirNames() throws IOException {
        assertEquals(Optional.of(new Disk.Entry(Disk.Entry.Kind.FILE, 10)), disk.look(FILM));
        assertEquals(List.of("film.MOV"), disk.names("2024"));
        assertEquals(Sha256.hex("abcdefghij"), ContentHash.shown(disk, FILM));
        assertEquals(4, disk.look(FILM + ".001").orElseThrow().size());
    }

    @Test
    void theWholeIsReadFromAnyPlaceAcrossTheBordersOfParts() throws IOException {
        try (SeekableByteChannel film = disk.read(FILM)) {
            assertEquals(10, film.size());
            for (int from = 0; from <= 10; from++) {
                film.position(from);
                byte[] rest = Channels.newInputStream(film).readAllBytes();
                assertEquals("abcdefghij".substring(from), new String(rest, UTF_8));
            }
            film.position(20);
            assertEquals(-1, film.read(ByteBuffer.allocate(1)));
        }
    }

    @Test
    void aFileWithoutOneOfItsPartsIsSmallerAndIsNotRead() throws IOException {
        Files.delete(root.resolve(FILM + ".002"));
        assertEquals(6, disk.look(FILM).orElseThrow().size());
        assertThrows(NoSuchFileException.class, () -> disk.read(FILM));
        assertThrows(NoSuchFileException.class, () -> disk.readPastCache(FILM, bytes -> {}));
        assertEquals(List.of("film.MOV"), disk.names("2024"));
    }

    @Test
    void partsWithoutTheirNoteAreFilesOfTheirOwn() throws IOException {
        Files.writeString(root.resolve(FILM + ".sha256"), Sha256.hex("x") + "  film.MOV\n");
        assertEquals(Optional.empty(), disk.look(FILM));
        assertEquals(files("2024"), new TreeSet<>(disk.names("2024")));
    }

    @Test
    void aSingleFileCountsBeforeItsParts() throws IOException {
        Files.writeString(root.resolve(FILM), "joined");
        assertEquals(6, disk.look(FILM).orElseThrow().size());
        assertEquals(5, disk.names("2024").size());
        disk.delete(FILM);
        assertEquals(10, disk.look(FILM).orElseThrow().size());
    }

    @Test
    void theNoteMovesAfterEveryPart() throws IOException {
        disk.move(FILM, "other.MOV");
        assertEquals(Set.of(), files("2024"));
        assertEquals(10, disk.look("other.MOV").orElseThrow().size());
        assertEquals(Set.of("2024", "other.MOV.001", "other.MOV.002", "other.MOV.003", "other.MOV.sha256"), files(""));
    }

    @Test
    void nothingIsReplacedOrMovedIfOneNameIsTaken() throws IOException {
        for (String taken : List.of("other.MOV", "other.MOV.003", "other.MOV.sha256")) {
            Files.writeString(root.resolve(taken), "theirs");
            assertThrows(FileAlreadyExistsException.class, () -> disk.move(FILM, "other.MOV"), taken);
            assertThrows(FileAlreadyExistsException.class, () -> disk.link(FILM, "other.MOV"), taken);
            assertEquals("theirs", Files.readString(root.resolve(taken)));
            Files.delete(root.resolve(taken));
        }
        assertEquals(4, files("2024").size());
        Files.writeString(root.resolve("theirs.MOV"), "theirs");
        assertThrows(FileAlreadyExistsException.class, () -> disk.move("theirs.MOV", FILM));
        assertThrows(FileAlreadyExistsException.class, () -> disk.create(FILM));
        assertThrows(FileAlreadyExistsException.class, () -> disk.append(FILM));
    }

    @Test
    void deletingRemovesAllParts() throws IOException {
        disk.link(FILM, "second.MOV");
        disk.delete(FILM);
        assertEquals(Set.of(), files("2024"));
        assertEquals(
                "abcdefghij",
                new String(Channels.newInputStream(disk.read("second.MOV")).readAllBytes(), UTF_8));
    }

    @Test
    void aNoteWithAGapIsInvalid() {
        String digits = "0".repeat(64);
        assertTrue(PartsNote.parse(digits + "  a\n# " + digits + "  a.001\n# " + digits + "  a.002\n")
                .isPresent());
        for (String none : List.of(
                "",
                "\n",
                digits + "  a\n",
                digits + "  a\n# " + digits + "  a.001\n",
                digits + "  a\n# " + digits + "  a.001\n# " + digits + "  a.003\n",
                digits + "  a\n# " + digits + "  a.002\n# " + digits + "  a.001\n",
                "# " + digits + "  a.001\n# " + digits + "  a.002\n")) {
            assertEquals(Optional.empty(), PartsNote.parse(none), none);
        }
    }

    /** A disk for files of at most four bytes, on which larger ones grow in the folder "new". */
    private Disk growing() throws IOException {
        Files.createDirectories(root.resolve("new"));
        return new PartedDisk(new PathDisk(root), "new", 4);
    }

    private static void write(Disk.Out out, String text) throws IOException {
        out.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
    }

    @Test
    void aFileBeyondTheDisksLimitContinuesInTheNextPart() throws IOException {
        Disk growing = growing();
        Object key;
        try (Disk.Out out = growing.create("new/1.part")) {
            write(out, "abcd");
            key = growing.key("new/1.part").orElse("none");
            assertEquals(Set.of("1.part"), files("new"));
            write(out, "efghi");
            out.force();
        }
        assertEquals(Set.of("1.part", "1.part.002", "1.part.003"), files("new"));
        assertEquals(List.of("1.part"), growing.names("new"));
        assertEquals(9, growing.look("new/1.part").orElseThrow().size());
        assertEquals(key, growing.key("new/1.part").orElse("none"));
        assertEquals(Sha256.hex("abcdefghi"), ContentHash.shown(growing, "new/1.part"));
    }

    @Test
    void aGrowingFileIsTruncatedAndContinuedAcrossParts() throws IOException {
        Disk growing = growing();
        try (Disk.Out out = growing.create("new/1.part")) {
            write(out, "abcdefghij");
        }
        try (Disk.Out out = growing.append("new/1.part")) {
            out.truncate(4);
            assertEquals(Set.of("1.part"), files("new"));
            write(out, "EFGHIJK");
        }
        try (Disk.Out out = growing.append("new/1.part")) {
            write(out, "LM");
        }
        assertEquals(Sha256.hex("abcdEFGHIJKLM"), ContentHash.shown(growing, "new/1.part"));
        assertEquals(1, Files.size(root.resolve("new/1.part.004")));
    }

    @Test
    void theNoteIsPublishedLastAndPartsAreWithdrawnUnderTheirOldNames() throws IOException {
        Disk growing = growing();
        try (Disk.Out out = growing.create("new/1.part")) {
            write(out, "abcdefghi");
        }
        var parts = new Disk.Parts(
                Sha256.hex("abcdefghi"),
                Stream.of("abcd", "efgh", "i").map(Sha256::hex).toList());
        growing.note("new/1.part", "B.MOV", parts);
        assertEquals(List.of("1.part"), growing.names("new"));

        growing.move("new/1.part", "2024/B.MOV");

        assertEquals(Set.of(), files("new"));
        assertEquals(Optional.of(parts), growing.parts("2024/B.MOV"));
        assertEquals(Sha256.hex("abcdefghi"), ContentHash.shown(growing, "2024/B.MOV"));
        assertTrue(Files.readString(root.resolve("2024/B.MOV.sha256")).startsWith(parts.sha256() + "  B.MOV\n"));

        growing.move("2024/B.MOV", "new/1.part");
        assertEquals(Set.of("1.part", "1.part.002", "1.part.003", "1.part.sha256"), files("new"));
        growing.delete("new/1.part");
        assertEquals(Set.of(), files("new"));
    }

    @Test
    void theNamesThatALargeFileTakesAreThoseOfItsPartsToo() throws IOException {
        assertEquals(List.of("B.MOV"), growing().takenBy("B.MOV", 4));
        assertEquals(
                List.of("B.MOV", "B.MOV.001", "B.MOV.002", "B.MOV.sha256"),
                growing().takenBy("B.MOV", 5));
    }

    /** FAT records the size of a file when it is forced: a power cut may leave parts shorter than they were. */
    @ParameterizedTest
    @CsvSource({"abcd,xy", "abcd,''", "abc,xy"})
    void aGrowingFileContinuesWhereAPowerCutLeftIt(String first, String second) throws IOException {
        Files.createDirectories(root.resolve("staging"));
        Files.writeString(root.resolve("staging/a.part"), first);
        Files.writeString(root.resolve("staging/a.part.002"), second);
        Disk growing = new PartedDisk(new PathDisk(root), "staging", 4);
        try (Disk.Out out = growing.append("staging/a.part")) {
            out.truncate(2);
            out.write(ByteBuffer.wrap("CDEFGH".getBytes(UTF_8)));
        }
        assertEquals("abCD", Files.readString(root.resolve("staging/a.part")));
        assertEquals("EFGH", Files.readString(root.resolve("staging/a.part.002")));
    }

    @Test
    void aLineThatACrashCutOffItsOthersListsNoFile() throws IOException {
        var film = new Manifest(Sha256.hex("abcdefghij"), FILM);
        List<String> lines = new ArrayList<>(film.lines(disk));
        lines.add(0, lines.get(0));
        lines.add(Sha256.hex("other") + "  2024/scan.001");
        Files.write(root.resolve(Manifest.FILE), lines);
        List<String> listed = new ArrayList<>();
        Manifest.read(disk, 0, (line, end) -> listed.add(line.path()));
        assertEquals(List.of(FILM, "2024/scan.001"), listed);
        Files.writeString(root.resolve(Manifest.FILE), lines.get(0));
        listed.clear();
        Manifest.read(disk, 0, (line, end) -> listed.add(line.path()));
        assertEquals(List.of(), listed);
    }

    @Test
    void aPartThatIsLargerThanTheDiskNowAllowsIsNotContinued() throws IOException {
        Files.writeString(Files.createDirectories(root.resolve("staging")).resolve("film.part"), "abcde");
        Disk smaller = new PartedDisk(new PathDisk(root), "staging", 4);
        assertThrows(FileSystemException.class, () -> smaller.append("staging/film.part"));
        assertEquals("abcde", Files.readString(root.resolve("staging/film.part")));
    }
}
