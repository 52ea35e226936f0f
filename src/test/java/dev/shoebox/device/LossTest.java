package dev.shoebox.device;

import dev.shoebox.device.afc.TransferLimits;
import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.MediaStream;
import dev.shoebox.simulator.phone.Faults.Mangling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A phone that disappears, falls silent or sends garbage costs time, never a correct byte. */
class LossTest extends PhotosFixture {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void aPhoneWithFewPlacesForOpenFilesIsReadAllTheSame(int places) throws IOException {
        plugged.phone.faults().openFileLimit(places);
        assertIntactBut(receiveAll());
        assertTrue(plugged.phone.observed().afcConnections() > 1, "it took a new connection");
    }

    @Test
    void aCutCableDeliversNothingWrongAndAReplugResumes() throws IOException {
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

    @ParameterizedTest
    @EnumSource(Mangling.class)
    void anAnswerThatDoesNotFitItsQuestionIsALostPhoneNotData(Mangling how) throws IOException {
        Map<String, byte[]> bytes = new LinkedHashMap<>();
        List<String> whole = new ArrayList<>();
        try (MediaSource photos = plugged.photos(new Timeouts(Duration.ofMillis(300), Duration.ofMillis(20)))) {
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
        try (MediaSource photos = plugged.photos(new Timeouts(Duration.ofMillis(400), Duration.ofMillis(20)))) {
            Listing listing = photos.list();
            long start = System.nanoTime();
            try (MediaStream stream = photos.read(fromStart(listing))) {
                assertThrows(
                        DeviceException.Lost.class, () -> collect(stream, new LinkedHashMap<>(), new ArrayList<>()));
            }
            long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
            assertTrue(millis >= 400 && millis < 8_000, millis + " ms");
            plugged.phone.faults().release();
            try (MediaStream stream = photos.read(fromStart(listing))) {
                assertIntactBytes(receive(stream, contents.size()));
            }
        }
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
    void aPhoneThatWasPulledBetweenTwoCallsIsReachedAgainUnnoticed() throws IOException {
        Timeouts quick = new Timeouts(Duration.ofSeconds(2), Duration.ZERO);
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

    /** Until the thread that reads ahead waits for a buffer, or has nothing left to read. */
    private static void awaitReaderAtRest() {
        Thread reader = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("shoebox-phone"))
                .findAny()
                .orElseThrow();
        while (reader.isAlive() && reader.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    @Test
    void anIdleReaderGetsNoMoreThanTheBuffersHold() throws IOException {
        write("DCIM/100APPLE/IMG_0100.MOV", 20_000_000, 100);
        try (MediaSource photos = plugged.photos()) {
            List<MediaSource.Request> requests = fromStart(photos.list());
            try (MediaStream stream = photos.read(requests)) {
                awaitReaderAtRest();
                long sent = plugged.phone.observed().bytesSent();
                int buffered = TransferLimits.STANDARD.buffers() * TransferLimits.STANDARD.bufferBytes();
                assertTrue(sent < buffered + 50_000, sent + " bytes");
                assertIntactBut(receive(stream, contents.size()));
            }
        }
    }

    @Test
    void aLostPhoneThatComesBackLockedIsAskedForUntilItIsUnlocked() throws IOException {
        try (MediaSource photos = plugged.photos()) {
            Listing listing = photos.list();
            plugged.phone.faults().unplugAfter(0);
            try (MediaStream stream = photos.read(fromStart(listing))) {
                assertThrows(
                        DeviceException.Lost.class, () -> collect(stream, new LinkedHashMap<>(), new ArrayList<>()));
            }
            assertThrows(DeviceException.Lost.class, () -> photos.read(fromStart(listing)));
            plugged.phone.faults().lock();
            plugged.usb.plug(plugged.phone);
            assertThrows(DeviceException.Locked.class, () -> photos.read(fromStart(listing)));
            assertThrows(DeviceException.Locked.class, photos::list);
            plugged.phone.faults().unlock();
            assertEquals(listing, photos.list());
        }
    }

    @Test
    void closingAStreamWaitsForASilentPhoneOnlyForTheTimeout() throws IOException {
        plugged.phone.faults().stallAfter(1_000_000);
        try (MediaSource photos = plugged.photos(new Timeouts(Duration.ofMillis(500), Duration.ofMillis(20)))) {
            Listing listing = photos.list();
            MediaStream stream = photos.read(fromStart(listing));
            awaitSent(1_000_000);
            long start = System.nanoTime();
            stream.close();
            assertTrue(Duration.ofNanos(System.nanoTime() - start).toSeconds() < 8);
            plugged.phone.faults().release();
            assertEquals(listing, photos.list(), "over a new connection");
        }
    }

    @Test
    void aStreamThatCannotEndInTimeIsAbandonedAndTheSourceContinues() throws IOException {
        plugged.phone.faults().stallAfter(1_000_000);
        try (MediaSource photos = plugged.photos(new Timeouts(Duration.ofSeconds(30), Duration.ofMillis(20)))) {
            Listing listing = photos.list();
            MediaStream stream = photos.read(fromStart(listing));
            awaitSent(1_000_000);
            stream.close();
            plugged.phone.faults().release();
            try (MediaStream again = photos.read(fromStart(listing))) {
                assertIntactBytes(receive(again, contents.size()));
            }
        }
    }
}
