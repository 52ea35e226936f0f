package dev.shoebox.folder;

import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.MediaSource.Request;
import dev.shoebox.photos.source.MediaSource.UnreadableException;
import dev.shoebox.photos.source.MediaStream;
import dev.shoebox.photos.source.Unreadable;
import dev.shoebox.photos.source.Unreadable.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Files of a folder are read as they were listed, or named as failed. */
class FolderReadingTest extends FolderCase {
    @Test
    void everyByteArrivesWhateverTheSizeOfTheFile() throws IOException {
        Random random = new Random(5);
        for (int size : new int[] {0, 1, (256 << 10) - 1, 256 << 10, (256 << 10) + 1, 5 << 20}) {
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            write("size" + size + ".jpg", new String(bytes, ISO_8859_1));
        }
        try (MediaSource source = FolderSource.open(root)) {
            Drained drained = Drained.all(source);
            assertEquals(6, drained.whole().size());
            for (Map.Entry<String, String> file : drained.whole().entrySet()) {
                assertTrue(Files.readString(root.resolve(file.getKey()), ISO_8859_1)
                        .equals(file.getValue()));
            }
        }
    }

    @Test
    void readingMayBeginInTheMiddle() throws IOException {
        write("a.jpg", "0123456789");
        try (MediaSource source = FolderSource.open(root)) {
            MediaFile file = Drained.file(source, "a.jpg");
            assertEquals(
                    Map.of("a.jpg", "789"),
                    Drained.of(source, List.of(new Request(file, 7))).whole());
            assertEquals(
                    Map.of("a.jpg", ""),
                    Drained.of(source, List.of(new Request(file, 10))).whole());
        }
    }

    @Test
    void aFileThatIsNotAsListedIsNeverWhole() throws IOException {
        write("changed.jpg", "before");
        write("gone.jpg", "gone");
        write("longer.jpg", "long");
        write("same.jpg", "same");
        write("shorter.jpg", "short");
        try (MediaSource source = FolderSource.open(root)) {
            List<Request> requests = source.list().files().stream()
                    .map(file -> new Request(file, 0))
                    .toList();
            Files.setLastModifiedTime(root.resolve("changed.jpg"), FileTime.from(JUNE.plusSeconds(1)));
            Files.delete(root.resolve("gone.jpg"));
            write("longer.jpg", "longer than before");
            write("shorter.jpg", "s");

            Drained drained = Drained.of(source, requests);
            assertEquals(Map.of("same.jpg", "same"), drained.whole());
            assertEquals(
                    Map.of(
                            "changed.jpg", Reason.CHANGED,
                            "gone.jpg", Reason.GONE,
                            "longer.jpg", Reason.CHANGED,
                            "shorter.jpg", Reason.CHANGED),
                    drained.failed());
        }
    }

    @Test
    void aFolderThatVanishesDuringAStreamEndsItOnce() throws IOException {
        Path disk = Files.createDirectories(root.resolve("disk"));
        String large = "x".repeat(4 << 20);
        for (int i = 0; i < 10; i++) {
            write("disk/" + i + ".jpg", large);
        }
        try (MediaSource source = FolderSource.open(disk)) {
            List<Request> requests = source.list().files().stream()
                    .map(file -> new Request(file, 0))
                    .toList();
            try (MediaStream stream = source.read(requests)) {
                stream.next();
                Files.move(disk, root.resolve("elsewhere"));
                IOException lost = assertThrows(IOException.class, () -> {
                    while (true) {
                        MediaStream.Piece piece = stream.next();
                        assertFalse(piece instanceof Unreadable);
                        if (piece instanceof MediaStream.Bytes some) {
                            some.release().run();
                        }
                    }
                });
                assertTrue(lost.getMessage().contains(root.resolve("disk").toString()), lost.getMessage());
                assertThrows(NoSuchElementException.class, stream::next);
            }
        }
    }

    @Test
    void closingEarlyStopsReadingAndFreesTheNextStream() throws IOException {
        String large = "x".repeat(8 << 20);
        for (int i = 0; i < 4; i++) {
            write(i + ".jpg", large);
        }
        try (MediaSource source = FolderSource.open(root)) {
            List<Request> requests = source.list().files().stream()
                    .map(file -> new Request(file, 0))
                    .toList();
            for (int i = 0; i < 20; i++) {
                MediaStream stream = source.read(requests);
                stream.next();
                long start = System.nanoTime();
                stream.close();
                assertTrue(System.nanoTime() - start < 5_000_000_000L);
                assertThrows(IOException.class, stream::next);
            }
            assertEquals(4, Drained.of(source, requests).whole().size());
        }
    }

    @Test
    void oneFileOpensForAFewReads() throws IOException {
        write("a.jpg", "0123456789");
        try (MediaSource source = FolderSource.open(root)) {
            MediaFile file = Drained.file(source, "a.jpg");
            try (SeekableByteChannel channel = source.open(file)) {
                ByteBuffer two = ByteBuffer.allocate(2);
                channel.position(8).read(two);
                assertEquals("89", new String(two.array(), ISO_8859_1));
            }
            Files.delete(root.resolve("a.jpg"));
            UnreadableException gone = assertThrows(UnreadableException.class, () -> source.open(file));
            assertEquals(Reason.GONE, gone.unreadable().reason());
        }
    }

    @Test
    void moreSmallFilesThanBuffersArriveInTheOrderRequested() throws IOException {
        for (int i = 0; i < 300; i++) {
            write("d/" + i + ".jpg", "content " + i);
        }
        try (MediaSource source = FolderSource.open(root)) {
            Drained drained = Drained.all(source);
            assertEquals(300, drained.whole().size());
            assertEquals("content 299", drained.whole().get("d/299.jpg"));
            assertEquals(new TreeSet<>(paths(source)), drained.whole().keySet());
            assertEquals(Optional.empty(), drained.failed().keySet().stream().findAny());
        }
    }

    @ParameterizedTest
    @Timeout(20)
    @CsvSource({"mkfifo,", "ln,-sf /dev/zero", "mkdir,"})
    void aPipeInPlaceOfAFileIsNeitherWaitedForNorRead(String command, String argument) throws Exception {
        Path photo = write("IMG_0001.JPG", "a photo");
        write("IMG_0002.JPG", "another");
        try (MediaSource source = FolderSource.open(root)) {
            MediaFile file = source.list().files().get(0);
            Files.delete(photo);
            var words = new java.util.ArrayList<String>(List.of(command));
            if (argument != null) {
                words.addAll(List.of(argument.split(" ", -1)));
            }
            words.add(photo.toString());
            assertEquals(0, new ProcessBuilder(words).start().waitFor());
            assertThrows(IOException.class, () -> source.open(file).close());
        }
    }
}
