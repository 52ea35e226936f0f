package dev.shoebox.folder.archive;

import dev.shoebox.folder.Drained;
import dev.shoebox.folder.FolderSource;
import dev.shoebox.folder.Packing.Format;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.MediaSource.Request;
import dev.shoebox.photos.source.MediaSource.UnreadableException;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.photos.source.Unreadable.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import static dev.shoebox.folder.Packing.JUNE;
import static dev.shoebox.folder.Packing.packed;
import static dev.shoebox.folder.Packing.random;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class ArchivesTest {

    @TempDir
    Path folder;

    /** The name of the file reveals nothing: the format must be found by content. */
    private Path pack(Format format, Map<String, String> files) throws IOException {
        return Files.write(folder.resolve("export"), packed(format, new ArrayList<>(files.entrySet())));
    }

    @ParameterizedTest
    @EnumSource
    void everyPhotoOfAnArchiveArrivesWithItsBytesAndTime(Format format) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("iCloud Photos/IMG_0001.HEIC", random(700_000));
        files.put("iCloud Photos/IMG_0001.MOV", random(3_000_000));
        files.put("./DCIM/100APPLE/é " + "long".repeat(30) + "/IMG_0002.JPG", "two");
        files.put("empty.jpg", "");
        Map<String, String> expected = new HashMap<>(files);
        expected.put(
                "DCIM/100APPLE/é " + "long".repeat(30) + "/IMG_0002.JPG",
                expected.remove("./DCIM/100APPLE/é " + "long".repeat(30) + "/IMG_0002.JPG"));
        files.put("notes.txt", "not a photo");
        files.put("__MACOSX/iCloud Photos/._IMG_0001.HEIC", "not a photo");
        Path archive = pack(format, files);

        try (MediaSource source = FolderSource.open(archive)) {
            assertEquals(SourceId.Kind.ARCHIVE, source.id().kind());
            assertEquals("export", source.id().name());
            Drained drained = Drained.all(source);
            assertEquals(Map.of(), drained.failed());
            assertTrue(
                    expected.equals(drained.whole()),
                    () -> "came: " + drained.whole().keySet());
            assertTrue(expected.equals(Drained.all(source).whole()), "a second stream of the same source");
            for (MediaFile file : source.list().files()) {
                assertEquals(JUNE, file.modified(), file.path());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void filesMayBeAskedForInAnyOrderAndFromAnyOffset(Format format) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        for (int i = 0; i < 30; i++) {
            files.put(i + ".jpg", random(10_000 + i));
        }
        try (MediaSource source = FolderSource.open(pack(format, files))) {
            List<MediaFile> listed = new ArrayList<>(source.list().files());
            Collections.shuffle(listed, new Random(1));
            List<Request> requests = listed.subList(0, 20).stream()
                    .map(file -> new Request(file, 9_999))
                    .toList();
            Drained drained = Drained.of(source, requests);
            assertEquals(20, drained.whole().size());
            drained.whole().forEach((path, tail) -> assertEquals(files.get(path).substring(9_999), tail));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anyPlaceOfAFileCanBeReadForItsDate(Format format) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("a.mov", random(900_000));
        files.put("b.mov", random(300_000));
        try (MediaSource source = FolderSource.open(pack(format, files))) {
            for (String path : List.of("a.mov", "b.mov", "a.mov")) {
                String content = files.get(path);
                try (SeekableByteChannel channel = source.open(Drained.file(source, path))) {
                    assertEquals(content.length(), channel.size());
                    for (int at : new int[] {0, 250_000, 10, 70_000, 66_000, content.length() - 5, 3}) {
                        ByteBuffer five = ByteBuffer.allocate(5);
                        channel.position(at);
                        while (five.hasRemaining() && channel.read(five) > 0) {
                            // A read may return less than requested.
                        }
                        assertEquals(content.substring(at, at + 5), new String(five.array(), ISO_8859_1), path + at);
                    }
                    channel.position(content.length());
                    assertEquals(-1, channel.read(ByteBuffer.allocate(1)));
                }
            }
            var never = new MediaFile("never.jpg", 1, JUNE, Optional.empty());
            assertThrows(UnreadableException.class, () -> {
                try (SeekableByteChannel channel = source.open(never)) {
                    channel.read(ByteBuffer.allocate(1));
                }
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void twoFilesOfOneNameBothArrive(Format format) throws IOException {
        List<Map.Entry<String, String>> files = List.of(
                Map.entry("d/IMG_1.HEIC", "first still"),
                Map.entry("d/IMG_1.MOV", "first film"),
                Map.entry("d/IMG_1.HEIC", "second still"),
                Map.entry("./d/IMG_1.MOV", "second film"),
                Map.entry("d/#2/IMG_1.MOV", "in the way"),
                Map.entry("d//IMG_1.HEIC", "third still"));
        Path archive = Files.write(folder.resolve("export"), packed(format, files));
        try (MediaSource source = FolderSource.open(archive)) {
            Map<String, String> expected = Map.of(
                    "d/IMG_1.HEIC", "first still",
                    "d/IMG_1.MOV", "first film",
                    "d/#2/IMG_1.HEIC", "second still",
                    "d/#2/IMG_1.MOV", "second film",
                    "d/#2/#2/IMG_1.MOV", "in the way",
                    "d/#3/IMG_1.HEIC", "third still");
            assertEquals(expected, Drained.all(source).whole());
            assertEquals(expected, Drained.all(source).whole());
        }
    }

    @Test
    void anArchiveThatIsReplacedOrGoneIsNoticed() throws IOException {
        for (Format format : Format.values()) {
            Map<String, String> files = Map.of("a.jpg", random(100_000));
            Path archive = pack(format, files);
            try (MediaSource source = FolderSource.open(archive)) {
                List<Request> requests = source.list().files().stream()
                        .map(file -> new Request(file, 0))
                        .toList();
                Files.setLastModifiedTime(archive, FileTime.from(JUNE));
                assertEquals(
                        Map.of("a.jpg", Reason.CHANGED),
                        Drained.of(source, requests).failed());
                Files.delete(archive);
                IOException lost = assertThrows(IOException.class, () -> Drained.of(source, requests));
                assertTrue(lost.getMessage().contains("is no longer there"), lost.getMessage());
            }
        }
    }

    @Test
    void archivesOfTheSystemsToolsAreRead() throws Exception {
        Path photos = Files.createDirectories(folder.resolve("photos/ü b"));
        Files.writeString(photos.resolve("a.jpg"), "a".repeat(5_000));
        Files.writeString(photos.resolve("c.mov"), random(300_000), ISO_8859_1);
        Files.setLastModifiedTime(photos.resolve("a.jpg"), FileTime.from(JUNE));
        Map<String, String> expected = Map.of(
                "photos/ü b/a.jpg", "a".repeat(5_000),
                "photos/ü b/c.mov", Files.readString(photos.resolve("c.mov"), ISO_8859_1));
        String[][] commands = {
            {"tar", "-cf", "x", "photos"},
            {"tar", "-czf", "x", "photos"},
            {"tar", "--format=pax", "-cf", "x", "photos"},
            {"zip", "-qr", "x.zip", "photos"},
            {"zip", "-qr0", "x.zip", "photos"},
        };
        int tried = 0;
        for (String[] command : commands) {
            Files.deleteIfExists(folder.resolve("x.zip"));
            try {
                Process process = new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .inheritIO()
                        .start();
                assertEquals(0, process.waitFor());
            } catch (IOException absent) {
                continue;
            }
            tried++;
            try (MediaSource source = FolderSource.open(folder.resolve(command[0].equals("tar") ? "x" : "x.zip"))) {
                Drained drained = Drained.all(source);
                assertTrue(expected.equals(drained.whole()), () -> String.join(" ", command) + drained.failed());
                assertEquals(JUNE, Drained.file(source, "photos/ü b/a.jpg").modified(), String.join(" ", command));
            }
        }
        assumeTrue(tried > 0, "neither tar nor zip is installed here");
    }
}
