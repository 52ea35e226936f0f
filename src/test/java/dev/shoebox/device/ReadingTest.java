package dev.shoebox.device;

import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.MediaStream;
import dev.shoebox.photos.source.Unreadable.Reason;
import dev.shoebox.simulator.library.Libraries;
import dev.shoebox.simulator.phone.PhoneSettings;
import dev.shoebox.simulator.wire.LinkSpeed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The content of a phone arrives byte by byte, and files that it does not deliver are named. */
class ReadingTest extends PhotosFixture {
    @ParameterizedTest
    @CsvSource({"true", "false"})
    void everyByteOfEverySizeArrivesWithAndWithoutTls(boolean tls) throws IOException {
        plugged.close();
        plugged = Plugged.in(PhoneSettings.of(Libraries.folder(folder))
                .withPaired(true)
                .with(new PhoneSettings.Encryption(tls, tls)));
        assertIntactBut(receiveAll());
        assertTrue(plugged.phone.observed().deepestPipeline() > 10, "many requests were in flight");
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 65_536, 100_001, 262_143})
    void shortAnswersAreAskedOn(int most) throws IOException {
        plugged.phone.faults().shortReads(most);
        assertIntactBut(receiveAll());
    }

    /** Freeing memory during another thread's call would end the process, not the test. */
    @Test
    void closingASourceFromAnotherThreadEndsItsReads() throws Exception {
        MediaFile large = null;
        for (int round = 0; round < 40; round++) {
            MediaSource photos = plugged.photos();
            if (large == null) {
                large = photos.list().files().stream()
                        .max(Comparator.comparingLong(MediaFile::size))
                        .orElseThrow();
            }
            MediaFile file = large;
            CountDownLatch reading = new CountDownLatch(1);
            CompletableFuture<Void> reader = CompletableFuture.runAsync(() -> {
                ByteBuffer some = ByteBuffer.allocate(100);
                try (SeekableByteChannel channel = photos.open(file)) {
                    for (long at = 0; ; at = (at + BLOCK) % file.size()) {
                        channel.position(at).read(some.clear());
                        reading.countDown();
                    }
                } catch (IOException closed) {
                    reading.countDown();
                }
            });
            reading.await();
            photos.close();
            reader.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void readingContinuesFromAnOffset() throws IOException {
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
    void aFileThatDoesNotOpenForSmallReadsReportsWhy() throws IOException {
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
    void aSlowPhoneIsNotAskedForMoreThanAMomentOfIt() throws IOException {
        write("DCIM/100APPLE/IMG_0100.MOV", 20_000_000, 100);
        plugged.close();
        plugged = Plugged.in(PhoneSettings.of(Libraries.folder(folder))
                .withPaired(true)
                .withLink(LinkSpeed.usb2().withBytesPerSecond(5_000_000)));
        try (MediaSource photos = plugged.photos()) {
            List<MediaSource.Request> video = fromStart(photos.list()).stream()
                    .filter(request -> request.file().name().endsWith(".MOV"))
                    .toList();
            long before = plugged.phone.observed().bytesSent();
            MediaStream stream = photos.read(video);
            for (int piece = 0; piece < 8; piece++) {
                stream.next();
            }
            stream.close();
            // Closing receives all answers that are in flight.
            long unwanted = plugged.phone.observed().bytesSent() - before - 8 * BLOCK;
            assertTrue(unwanted < 5 * BLOCK, unwanted + " bytes came that nobody could call off");
            assertEquals(0, plugged.phone.observed().openHandles());
        }
    }
}
