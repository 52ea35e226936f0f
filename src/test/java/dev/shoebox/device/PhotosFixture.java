package dev.shoebox.device;

import dev.shoebox.TransportUnderTest;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.MediaStream;
import dev.shoebox.photos.source.MediaStream.Bytes;
import dev.shoebox.photos.source.MediaStream.Piece;
import dev.shoebox.photos.source.MediaStream.Whole;
import dev.shoebox.photos.source.Unreadable;
import dev.shoebox.photos.source.Unreadable.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A phone with files of all kinds of sizes, and the means to compare them with what arrives. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag(TransportUnderTest.TAG)
public abstract class PhotosFixture {
    static final int BLOCK = 256 << 10;

    @TempDir
    Path folder;

    public final Map<String, byte[]> contents = new LinkedHashMap<>();
    public Plugged plugged;

    @BeforeEach
    void fillAndPlugIn() throws IOException {
        int[] sizes = {0, 1, 100, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK, 2_500_000, 64, 5_000_000, 70_000, 2 * BLOCK};
        for (int i = 0; i < sizes.length; i++) {
            write("DCIM/100APPLE/IMG_%04d.JPG".formatted(i), sizes[i], i);
        }
        plugged = Plugged.in(folder);
    }

    @AfterEach
    void nothingWasWrittenOrLeftOpen() throws IOException {
        plugged.close();
        assertEquals(0, plugged.phone.observed().writeOperations());
    }

    void write(String path, int size, int seed) throws IOException {
        byte[] content = new byte[size];
        new Random(seed).nextBytes(content);
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        contents.put(path, content);
    }

    /** What a stream delivered for each file: its bytes and how it ended, in the order of the ends. */
    record Received(ByteBuffer bytes, Piece end) {}

    public static Map<String, Received> receive(MediaStream stream, int files) throws IOException {
        Map<String, Received> received = new LinkedHashMap<>();
        receive(stream, files, received);
        return received;
    }

    public static void receive(MediaStream stream, int files, Map<String, Received> received) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (received.size() < files) {
            Piece piece = stream.next();
            if (piece instanceof Bytes part) {
                assertTrue(part.buffer().isDirect());
                Channels.newChannel(bytes).write(part.buffer());
                part.release().run();
            } else {
                received.put(piece.path(), new Received(ByteBuffer.wrap(bytes.toByteArray()), piece));
                bytes.reset();
            }
        }
    }

    public static List<MediaSource.Request> fromStart(Listing listing) {
        return listing.files().stream()
                .map(file -> new MediaSource.Request(file, 0))
                .toList();
    }

    Map<String, Received> receiveAll() throws IOException {
        try (MediaSource photos = plugged.photos()) {
            List<MediaSource.Request> requests = fromStart(photos.list());
            try (MediaStream stream = photos.read(requests)) {
                return receive(stream, requests.size());
            }
        }
    }

    public void assertIntactBut(Map<String, Received> received, String... exceptions) {
        assertEquals(contents.keySet(), received.keySet());
        contents.forEach((path, content) -> {
            if (!List.of(exceptions).contains(path)) {
                assertEquals(new Whole(path), received.get(path).end());
                assertEquals(ByteBuffer.wrap(content), received.get(path).bytes(), path);
            }
        });
        assertEquals(0, plugged.phone.observed().openHandles());
        assertEquals(0, plugged.phone.observed().abandonedHandles());
    }

    static Reason reason(Received received) {
        return ((Unreadable) received.end()).reason();
    }

    void collect(MediaStream stream, Map<String, byte[]> bytes, List<String> whole) throws IOException {
        while (whole.size() < contents.size()) {
            Piece piece = stream.next();
            if (piece instanceof Bytes part) {
                byte[] before = bytes.getOrDefault(part.path(), new byte[0]);
                ByteBuffer both =
                        ByteBuffer.allocate(before.length + part.buffer().remaining());
                bytes.put(part.path(), both.put(before).put(part.buffer()).array());
                part.release().run();
            } else {
                assertEquals(new Whole(piece.path()), piece);
                whole.add(piece.path());
            }
        }
    }

    void assertIntactBytes(Map<String, Received> received) {
        contents.forEach((path, content) ->
                assertEquals(ByteBuffer.wrap(content), received.get(path).bytes(), path));
    }

    void awaitSent(long bytes) {
        try {
            plugged.phone.observed().await(() -> plugged.phone.observed().bytesSent() >= bytes);
        } catch (InterruptedException timeout) {
            throw new AssertionError("sent " + plugged.phone.observed().bytesSent(), timeout);
        }
    }
}
