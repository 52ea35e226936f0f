package dev.shoebox.photos.source;

import dev.shoebox.photos.source.MediaSource.Request;
import dev.shoebox.photos.source.MediaStream.Bytes;
import dev.shoebox.photos.source.MediaStream.Piece;
import dev.shoebox.photos.source.MediaStream.Whole;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * The promises of every {@link MediaSource} on which the engine relies. The tests of a new kind of source extend this
 * class.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class MediaSourceContract {
    private static final int BUFFER = 256 << 10;

    @TempDir
    protected Path folder;

    private final Map<String, byte[]> contents = new LinkedHashMap<>();

    /** A source of exactly these files, by path; the contract closes it. */
    protected abstract MediaSource open(Map<String, byte[]> files) throws IOException;

    /** The kind of the source; {@link SourceKindsTest} checks which kinds have passed. */
    protected abstract SourceId.Kind kind();

    /** Whether files arrive in the order in which they were requested; an archive may have an order of its own. */
    protected boolean keepsOrder() {
        return true;
    }

    /** The prefix of every path: empty, or with a slash at its end. */
    protected String place() {
        return "";
    }

    @BeforeEach
    void makeFiles() {
        int[] sizes = {1, 100, BUFFER - 1, BUFFER, BUFFER + 1, 3 * BUFFER, 2_500_000, 0, 70_000};
        for (int i = 0; i < sizes.length; i++) {
            byte[] content = new byte[sizes[i]];
            new Random(i).nextBytes(content);
            contents.put(place() + "DCIM/100APPLE/IMG_%04d.JPG".formatted(i), content);
        }
    }

    private static Map<String, byte[]> drain(MediaStream stream, int files, List<String> whole) throws IOException {
        Map<String, ByteArrayOutputStream> bytes = new LinkedHashMap<>();
        while (whole.size() < files) {
            Piece piece = stream.next();
            bytes.computeIfAbsent(piece.path(), path -> new ByteArrayOutputStream());
            if (piece instanceof Bytes part) {
                Channels.newChannel(bytes.get(piece.path())).write(part.buffer());
                part.release().run();
            } else {
                assertEquals(new Whole(piece.path()), piece);
                whole.add(piece.path());
            }
        }
        Map<String, byte[]> all = new LinkedHashMap<>();
        bytes.forEach((path, out) -> all.put(path, out.toByteArray()));
        return all;
    }

    private static List<Request> fromStart(MediaSource source) throws IOException {
        return source.list().files().stream().map(file -> new Request(file, 0)).toList();
    }

    @Test
    public void isOfItsKind() throws IOException {
        try (MediaSource source = open(contents)) {
            assertEquals(kind(), source.id().kind());
        }
    }

    @Test
    public void listsEveryFileWithItsSize() throws IOException {
        try (MediaSource source = open(contents)) {
            Map<String, Long> listed = new LinkedHashMap<>();
            source.list().files().forEach(file -> listed.put(file.path(), file.size()));
            Map<String, Long> expected = new LinkedHashMap<>();
            contents.forEach((path, content) -> expected.put(path, (long) content.length));
            assertEquals(expected, listed);
        }
    }

    @Test
    public void listingTwiceGivesTheSame() throws IOException {
        try (MediaSource source = open(contents)) {
            assertEquals(source.list(), source.list());
        }
    }

    @Test
    public void everyByteOfEveryFileArrivesAndEachFileEndsOnce() throws IOException {
        try (MediaSource source = open(contents)) {
            List<Request> requests = new ArrayList<>(fromStart(source));
            Collections.shuffle(requests, new Random(1));
            List<String> whole = new ArrayList<>();
            try (MediaStream stream = source.read(requests)) {
                Map<String, byte[]> received = drain(stream, requests.size(), whole);
                contents.forEach((path, content) -> assertArrayEquals(content, received.get(path), path));
                assertThrows(NoSuchElementException.class, stream::next);
            }
            List<String> asked =
                    requests.stream().map(request -> request.file().path()).toList();
            assertEquals(new HashSet<>(asked), new HashSet<>(whole));
            if (keepsOrder()) {
                assertEquals(asked, whole);
            }
        }
    }

    @Test
    public void readingContinuesFromAnOffset() throws IOException {
        try (MediaSource source = open(contents)) {
            List<Request> requests = source.list().files().stream()
                    .map(file -> new Request(file, file.size() * 2 / 3))
                    .toList();
            try (MediaStream stream = source.read(requests)) {
                Map<String, byte[]> received = drain(stream, requests.size(), new ArrayList<>());
                for (Request request : requests) {
                    byte[] content = contents.get(request.file().path());
                    assertArrayEquals(
                            Arrays.copyOfRange(content, (int) request.offset(), content.length),
                            received.get(request.file().path()));
                }
            }
        }
    }

    @Test
    public void aBufferKeepsItsBytesUntilItIsReleased() throws IOException {
        try (MediaSource source = open(contents)) {
            List<Request> requests = fromStart(source);
            record Held(String path, int from, Bytes part) {}
            Deque<Held> held = new ArrayDeque<>();
            Map<String, Integer> seen = new LinkedHashMap<>();
            try (MediaStream stream = source.read(requests)) {
                for (int ended = 0; ended < requests.size(); ) {
                    Piece piece = stream.next();
                    if (piece instanceof Bytes part) {
                        int from = seen.getOrDefault(part.path(), 0);
                        seen.put(part.path(), from + part.buffer().remaining());
                        held.add(new Held(part.path(), from, part));
                    } else {
                        ended++;
                    }
                    while (held.size() > 3 || (ended == requests.size() && !held.isEmpty())) {
                        Held oldest = held.remove();
                        ByteBuffer buffer = oldest.part().buffer();
                        assertEquals(
                                ByteBuffer.wrap(contents.get(oldest.path()), oldest.from(), buffer.remaining()),
                                buffer);
                        oldest.part().release().run();
                    }
                }
            }
        }
    }

    @Test
    public void aStreamThatIsClosedEarlyEndsAndFreesTheSource() throws IOException {
        try (MediaSource source = open(contents)) {
            List<Request> requests = fromStart(source);
            for (int i = 0; i < 5; i++) {
                MediaStream stream = source.read(requests);
                for (int taken = 0; taken < i; taken++) {
                    if (stream.next() instanceof Bytes part) {
                        part.release().run();
                    }
                }
                stream.close();
                assertThrows(IOException.class, stream::next);
            }
            try (MediaStream stream = source.read(requests)) {
                assertEquals(
                        contents.size(),
                        drain(stream, requests.size(), new ArrayList<>()).size());
            }
        }
    }

    @Test
    public void aFileThatIsNotThereIsNamedAndCostsNoOther() throws IOException {
        try (MediaSource source = open(contents)) {
            List<Request> requests = new ArrayList<>(fromStart(source));
            MediaFile known = requests.get(2).file();
            MediaFile absent = new MediaFile("DCIM/100APPLE/NONE.JPG", known.size(), known.modified(), known.created());
            requests.add(2, new Request(absent, 0));
            int whole = 0;
            List<String> unreadable = new ArrayList<>();
            try (MediaStream stream = source.read(requests)) {
                while (whole + unreadable.size() < requests.size()) {
                    Piece piece = stream.next();
                    if (piece instanceof Bytes part) {
                        part.release().run();
                    } else if (piece instanceof Whole) {
                        whole++;
                    } else {
                        unreadable.add(piece.path());
                    }
                }
            }
            assertEquals(List.of(absent.path()), unreadable);
            assertThrows(MediaSource.UnreadableException.class, () -> {
                try (SeekableByteChannel channel = source.open(absent)) {
                    channel.read(ByteBuffer.allocate(1));
                }
            });
        }
    }

    @Test
    public void aFileIsReadAtAnyPlace() throws IOException {
        try (MediaSource source = open(contents)) {
            for (MediaFile file : source.list().files()) {
                byte[] content = contents.get(file.path());
                try (SeekableByteChannel channel = source.open(file)) {
                    assertEquals(content.length, channel.size());
                    for (int at : new int[] {content.length / 2, 0}) {
                        ByteBuffer read = ByteBuffer.allocate(40);
                        channel.position(at);
                        while (read.hasRemaining() && channel.read(read) >= 0) {
                            // A read may return less than requested.
                        }
                        int count = Math.min(40, content.length - at);
                        assertEquals(ByteBuffer.wrap(content, at, count), read.flip(), file.path() + " at " + at);
                    }
                    assertTrue(channel.position(content.length).read(ByteBuffer.allocate(1)) < 0);
                }
            }
        }
    }

    @Test
    public void theNewestFilesAreSomeOfAll() throws IOException {
        try (MediaSource source = open(contents)) {
            List<MediaFile> newest = source.newest().files();
            assertTrue(source.list().files().containsAll(newest), newest::toString);
        }
    }
}
