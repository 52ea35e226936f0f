package dev.shoebox.device;

import dev.shoebox.photos.Listing;
import dev.shoebox.photos.MediaFile;
import dev.shoebox.photos.MediaSource;
import dev.shoebox.photos.MediaStream;
import dev.shoebox.photos.MediaStream.Bytes;
import dev.shoebox.photos.MediaStream.Piece;
import dev.shoebox.photos.MediaStream.Whole;
import dev.shoebox.photos.Unreadable;
import dev.shoebox.photos.Unreadable.Reason;
import dev.shoebox.simulator.Faults.Mangling;
import dev.shoebox.simulator.Library;
import dev.shoebox.simulator.SimulatedPhone.Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What a phone holds comes over bit by bit, or not at all. */
class PhonePhotosTest {
    private static final int BLOCK = 256 << 10;

    @TempDir
    private Path folder;

    private final Map<String, byte[]> contents = new LinkedHashMap<>();
    private Plugged plugged;

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

    private void write(String path, int size, int seed) throws IOException {
        byte[] content = new byte[size];
        new Random(seed).nextBytes(content);
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        contents.put(path, content);
    }

    /** What a stream delivered for each file: its bytes and how it ended, in the order of the ends. */
    private record Received(ByteBuffer bytes, Piece end) {}

    private static Map<String, Received> receive(MediaStream stream, int files) throws IOException {
        Map<String, Received> received = new LinkedHashMap<>();
        receive(stream, files, received);
        return received;
    }

    private static void receive(MediaStream stream, int files, Map<String, Received> received) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (received.size() < files) {
            Piece piece = stream.next();
            if (piece instanceof Bytes part) {
                assertTrue(part.buffer().isDirect());
                Channels.newChannel(bytes).write(part.buffer());
            } else {
                received.put(piece.path(), new Received(ByteBuffer.wrap(bytes.toByteArray()), piece));
                bytes.reset();
            }
        }
    }

    private static List<MediaSource.Request> fromStart(Listing listing) {
        return listing.files().stream()
                .map(file -> new MediaSource.Request(file, 0))
                .toList();
    }

    private Map<String, Received> receiveAll() throws IOException {
        try (MediaSource photos = plugged.photos()) {
            List<MediaSource.Request> requests = fromStart(photos.list());
            try (MediaStream stream = photos.read(requests)) {
                return receive(stream, requests.size());
            }
        }
    }

    private void assertIntactBut(Map<String, Received> received, String... exceptions) {
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

    private static Reason reason(Received received) {
        return ((Unreadable) received.end()).reason();
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void everyByteOfEverySizeArrivesWithAndWithoutTls(boolean tls) throws IOException {
        plugged.close();
        plugged =
                Plugged.in(Settings.of(Library.folder(folder)).withPaired(true).withTls(tls, tls));
        assertIntactBut(receiveAll());
        assertTrue(plugged.phone.observed().deepestPipeline() > 10, "many requests were in flight");
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 65_536, 100_001, 262_143})
    void shortAnswersAreAskedOn(int most) throws IOException {
        plugged.phone.faults().shortReads(most);
        assertIntactBut(receiveAll());
    }

    @Test
    void readingGoesOnFromAnOffset() throws IOException {
        try (MediaSource photos = plugged.photos()) {
            List<MediaSource.Request> requests = photos.list().files().stream()
                    .map(file -> new MediaSource.Request(file, file.size() * 2 / 3))
                    .toList();
            try (MediaStream stream = photos.read(requests)) {
                Map<String, Received> received = receive(stream, requests.size());
                for (MediaSource.Request request : requests) {
                    byte[] content = contents.get(request.file().path());
                    assertEquals(
                            ByteBuffer.wrap(content, (int) request.offset(), content.length - (int) request.offset()),
                            received.get(request.file().path()).bytes());
                }
            }
        }
        assertEquals(0, plugged.phone.observed().openHandles());
    }

    @Test
    void aFileThatWillNotOpenCostsOnlyItself() throws IOException {
        plugged.phone.faults().ghost("DCIM/100APPLE/IMG_0003.JPG", 1);
        plugged.phone.faults().ghost("DCIM/100APPLE/IMG_0000.JPG", 8);
        plugged.phone.faults().ghost("DCIM/100APPLE/IMG_0011.JPG", 10);
        plugged.phone.faults().ghost("DCIM/100APPLE/IMG_0006.JPG", 20);
        Map<String, Received> received = receiveAll();
        assertIntactBut(
                received,
                "DCIM/100APPLE/IMG_0003.JPG",
                "DCIM/100APPLE/IMG_0000.JPG",
                "DCIM/100APPLE/IMG_0011.JPG",
                "DCIM/100APPLE/IMG_0006.JPG");
        assertEquals(Reason.REFUSED, reason(received.get("DCIM/100APPLE/IMG_0003.JPG")));
        assertEquals(Reason.GONE, reason(received.get("DCIM/100APPLE/IMG_0000.JPG")));
        assertEquals(Reason.DENIED, reason(received.get("DCIM/100APPLE/IMG_0011.JPG")));
        assertEquals(Reason.READ_ERROR, reason(received.get("DCIM/100APPLE/IMG_0006.JPG")));
    }

    @ParameterizedTest
    @CsvSource({"4", "20", "12", "3"})
    void aFileThatCannotBeReadToItsEndCostsOnlyItself(int status) throws IOException {
        plugged.phone.faults().readError("DCIM/100APPLE/IMG_0007.JPG", 1_000_000, status);
        Map<String, Received> received = receiveAll();
        assertIntactBut(received, "DCIM/100APPLE/IMG_0007.JPG");
        assertEquals(Reason.READ_ERROR, reason(received.get("DCIM/100APPLE/IMG_0007.JPG")));
    }

    @Test
    void aFileOtherThanListedIsNeverWhole() throws IOException {
        plugged.phone.faults().reportSize("DCIM/100APPLE/IMG_0007.JPG", 2_499_999);
        plugged.phone.faults().reportSize("DCIM/100APPLE/IMG_0004.JPG", BLOCK + 1L);
        plugged.phone.faults().reportSize("DCIM/100APPLE/IMG_0006.JPG", 2L * BLOCK);
        plugged.phone.faults().changeWhileRead("DCIM/100APPLE/IMG_0010.JPG", 0);
        plugged.phone.faults().changeWhileRead("DCIM/100APPLE/IMG_0009.JPG", 5);
        Map<String, Received> received = receiveAll();
        assertIntactBut(
                received,
                "DCIM/100APPLE/IMG_0007.JPG",
                "DCIM/100APPLE/IMG_0004.JPG",
                "DCIM/100APPLE/IMG_0006.JPG",
                "DCIM/100APPLE/IMG_0010.JPG",
                "DCIM/100APPLE/IMG_0009.JPG");
        assertEquals(Reason.WRONG_SIZE, reason(received.get("DCIM/100APPLE/IMG_0007.JPG")), "longer by one byte");
        assertEquals(Reason.WRONG_SIZE, reason(received.get("DCIM/100APPLE/IMG_0004.JPG")), "shorter by one byte");
        assertEquals(Reason.WRONG_SIZE, reason(received.get("DCIM/100APPLE/IMG_0006.JPG")), "longer by a whole block");
        assertEquals(Reason.CHANGED, reason(received.get("DCIM/100APPLE/IMG_0010.JPG")), "another date");
        assertEquals(Reason.CHANGED, reason(received.get("DCIM/100APPLE/IMG_0009.JPG")), "another size and date");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void aPhoneWithFewPlacesForOpenFilesIsReadAllTheSame(int places) throws IOException {
        plugged.phone.faults().openFileLimit(places);
        assertIntactBut(receiveAll());
        assertTrue(plugged.phone.observed().afcConnections() > 1, "it took a new connection");
    }

    @Test
    void aCutCableDeliversNothingWrongAndAReplugGoesOnWhereItStopped() throws IOException {
        plugged.phone.faults().unplugAfter(4_000_000);
        Map<String, byte[]> bytes = new LinkedHashMap<>();
        List<String> whole = new ArrayList<>();
        try (MediaSource photos = plugged.photos()) {
            Listing listing = photos.list();
            try (MediaStream stream = photos.read(fromStart(listing))) {
                assertThrows(DeviceException.Lost.class, () -> collect(stream, bytes, whole));
            }
            assertTrue(bytes.values().stream().mapToLong(part -> part.length).sum() <= 4_000_000);
            assertTrue(whole.size() < contents.size());
            plugged.usb.plug(plugged.phone);
            List<MediaSource.Request> rest = listing.files().stream()
                    .filter(file -> !whole.contains(file.path()))
                    .map(file -> new MediaSource.Request(file, bytes.getOrDefault(file.path(), new byte[0]).length))
                    .toList();
            try (MediaStream stream = photos.read(rest)) {
                while (whole.size() < contents.size()) {
                    collect(stream, bytes, whole);
                }
            }
        }
        contents.forEach((path, content) -> assertArrayEquals(content, bytes.getOrDefault(path, new byte[0]), path));
        assertEquals(0, plugged.phone.observed().openHandles());
    }

    private void collect(MediaStream stream, Map<String, byte[]> bytes, List<String> whole) throws IOException {
        while (whole.size() < contents.size()) {
            Piece piece = stream.next();
            if (piece instanceof Bytes part) {
                byte[] before = bytes.getOrDefault(part.path(), new byte[0]);
                ByteBuffer both =
                        ByteBuffer.allocate(before.length + part.buffer().remaining());
                bytes.put(part.path(), both.put(before).put(part.buffer()).array());
            } else {
                assertEquals(new Whole(piece.path()), piece);
                whole.add(piece.path());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Mangling.class)
    void anAnswerThatDoesNotFitItsQuestionIsALostPhoneNotData(Mangling how) throws IOException {
        Map<String, byte[]> bytes = new LinkedHashMap<>();
        List<String> whole = new ArrayList<>();
        try (MediaSource photos = plugged.photos(new Patience(Duration.ofMillis(300), Duration.ofMillis(20)))) {
            Listing listing = photos.list();
            try (MediaStream stream = photos.read(fromStart(listing))) {
                plugged.phone.faults().mangleNextRead(how);
                assertThrows(DeviceException.Lost.class, () -> collect(stream, bytes, whole));
            }
        }
        bytes.forEach((path, got) -> assertEquals(
                ByteBuffer.wrap(contents.get(path), 0, got.length), ByteBuffer.wrap(got), "a prefix of " + path));
    }

    @Test
    void aSilentPhoneIsLostAfterItsPatienceAndNotBefore() throws IOException {
        plugged.phone.faults().stallAfter(1_000_000);
        try (MediaSource photos = plugged.photos(new Patience(Duration.ofMillis(400), Duration.ofMillis(20)))) {
            Listing listing = photos.list();
            long start = System.nanoTime();
            try (MediaStream stream = photos.read(fromStart(listing))) {
                assertThrows(
                        DeviceException.Lost.class, () -> collect(stream, new LinkedHashMap<>(), new ArrayList<>()));
            }
            long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
            assertTrue(millis >= 400 && millis < 3000, millis + " ms");
            plugged.phone.faults().release();
            try (MediaStream stream = photos.read(fromStart(listing))) {
                assertIntactBytes(receive(stream, contents.size()));
            }
        }
    }

    private void assertIntactBytes(Map<String, Received> received) {
        contents.forEach((path, content) ->
                assertEquals(ByteBuffer.wrap(content), received.get(path).bytes(), path));
    }

    @Test
    void aStreamThatIsClosedEarlyLeavesNothingOpenAndTheSourceOfUse() throws IOException {
        try (MediaSource photos = plugged.photos()) {
            List<MediaSource.Request> requests = fromStart(photos.list());
            for (int pieces : new int[] {0, 1, 7, 20}) {
                try (MediaStream stream = photos.read(requests)) {
                    for (int i = 0; i < pieces; i++) {
                        stream.next();
                    }
                }
                assertEquals(0, plugged.phone.observed().openHandles());
            }
            try (MediaStream stream = photos.read(requests)) {
                assertIntactBut(receive(stream, requests.size()));
            }
        }
        assertEquals(1, plugged.phone.observed().afcConnections(), "all over one connection");
    }

    @Test
    void smallReadsAtAnyPlaceAreExact() throws IOException {
        plugged.phone.faults().shortReads(10_000);
        Random random = new Random(3);
        try (MediaSource photos = plugged.photos()) {
            for (MediaFile file : photos.list().files()) {
                byte[] content = contents.get(file.path());
                try (SeekableByteChannel channel = photos.open(file)) {
                    assertEquals(content.length, channel.size());
                    for (int i = 0; i < 20; i++) {
                        int at = random.nextInt(content.length + 1);
                        ByteBuffer into = ByteBuffer.allocate(random.nextInt(50_000));
                        int expected = Math.min(into.capacity(), content.length - at);
                        int read = channel.position(at).read(into);
                        assertEquals(at == content.length ? -1 : expected, read);
                        assertEquals(ByteBuffer.wrap(content, at, expected), into.flip());
                    }
                }
            }
        }
        assertEquals(plugged.phone.observed().opens(), plugged.phone.observed().closes());
    }

    @Test
    void aFileThatWillNotOpenForSmallReadsSaysWhy() throws IOException {
        plugged.phone.faults().ghost("DCIM/100APPLE/IMG_0003.JPG", 1);
        try (MediaSource photos = plugged.photos()) {
            MediaFile ghost = photos.list().files().get(3);
            MediaSource.UnreadableException refused =
                    assertThrows(MediaSource.UnreadableException.class, () -> photos.open(ghost));
            assertEquals(Reason.REFUSED, refused.unreadable().reason());
            assertTrue(refused.getMessage().contains("iCloud"), refused.getMessage());
        }
    }

    @Test
    void aPhoneThatWasPulledBetweenTwoCallsIsReachedAgainUnnoticed() throws IOException {
        Patience quick = new Patience(Duration.ofSeconds(2), Duration.ZERO);
        try (MediaSource photos = plugged.photos(quick)) {
            Listing before = photos.list();
            plugged.usb.plug(plugged.phone);
            assertEquals(before, photos.list());
            plugged.usb.plug(plugged.phone);
            photos.open(before.files().get(1)).close();
            plugged.usb.plug(plugged.phone);
            try (MediaStream stream = photos.read(fromStart(before))) {
                assertIntactBytes(receive(stream, contents.size()));
            }
        }
    }

    @Test
    void aPhoneThatServesOneConnectionOnlyIsReadOverOne() throws IOException {
        plugged.phone.faults().connectionLimit(1);
        plugged.phone.faults().openFileLimit(2);
        assertIntactBut(receiveAll());
    }

    @Test
    void whoTakesNothingGetsNoMoreThanTheBuffersHold() throws IOException {
        write("DCIM/100APPLE/IMG_0100.MOV", 20_000_000, 100);
        try (MediaSource photos = plugged.photos()) {
            List<MediaSource.Request> requests = fromStart(photos.list());
            try (MediaStream stream = photos.read(requests)) {
                long sent = -1;
                while (sent != plugged.phone.observed().bytesSent()) {
                    sent = plugged.phone.observed().bytesSent();
                    LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
                }
                int buffered = Ration.STANDARD.buffers() * Ration.STANDARD.bufferBytes();
                assertTrue(sent < buffered + 50_000, sent + " bytes");
                assertIntactBut(receive(stream, contents.size()));
            }
        }
    }
}
