package dev.shoebox.simulator.phone;

import dev.shoebox.simulator.TinyClient;
import dev.shoebox.simulator.library.GeneratedLibrary;
import dev.shoebox.simulator.library.Libraries;
import dev.shoebox.simulator.usb.SimulatedUsb;
import dev.shoebox.simulator.wire.PropertyLists;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class FaultsTest {
    private static final int READ_FOLDER = 0x03;
    private static final int FILE_INFO = 0x0a;
    private static final int FILE_OPEN = 0x0d;
    private static final int FILE_READ = 0x0f;
    private static final int SEEK = 0x11;
    private static final int CLOSE = 0x14;
    private static final String FOLDER = "/DCIM/100APPLE";
    private static final String PHOTO = "/DCIM/100APPLE/IMG_0001.JPG";
    private static final String OTHER = "/DCIM/100APPLE/IMG_0002.JPG";
    private static final int SIZE = 100_000;

    private final SimulatedPhone phone =
            new SimulatedPhone(PhoneSettings.of(Libraries.generated(GeneratedLibrary.photos(3, SIZE)))
                    .with(new PhoneSettings.Encryption(false, false)));
    private final Faults faults = phone.faults();
    private SimulatedUsb usb;
    private TinyClient afc;

    @BeforeEach
    void connect() throws IOException {
        usb = SimulatedUsb.start("127.0.0.1:0");
        usb.plug(phone);
        afc = TinyClient.afc(usb, phone);
    }

    @AfterEach
    void disconnect() throws IOException {
        afc.close();
        usb.close();
    }

    private byte[] bytes(TinyClient.Reply reply) {
        byte[] bytes = new byte[reply.body().remaining()];
        reply.body().duplicate().get(bytes);
        return bytes;
    }

    @Test
    void theCableIsPulledInTheMiddleOfAReplyAndPluggedInAgain() throws IOException {
        int before = TinyClient.deviceId(usb);
        long handle = afc.open(PHOTO);
        faults.unplugAfter(30_000);
        afc.ask(FILE_READ, handle, 20_000);
        afc.send(1, FILE_READ, handle, 20_000);
        assertThrows(IOException.class, afc::receive);
        try (TinyClient mux = new TinyClient(usb)) {
            assertEquals(2, mux.connect(before, TinyClient.LOCKDOWN_PORT));
        }
        usb.plug(phone);
        assertNotEquals(before, TinyClient.deviceId(usb));
        try (TinyClient again = TinyClient.afc(usb, phone)) {
            assertEquals(
                    SIZE, again.ask(FILE_READ, again.open(PHOTO), SIZE).body().remaining());
        }
    }

    @Test
    void aPulledCableMayComeBackByItself() throws IOException {
        try (TinyClient listener = new TinyClient(usb)) {
            listener.mux(1, Map.of("MessageType", "Listen"));
            listener.nextMux(0);
            faults.unplugAfter(0, Duration.ofMillis(20));
            afc.send(1, FILE_READ, afc.open(PHOTO), 1);
            assertEquals("Detached", PropertyLists.text(listener.nextMux(0), "MessageType"));
            assertEquals("Attached", PropertyLists.text(listener.nextMux(0), "MessageType"));
        }
    }

    @Test
    void aPhoneThatLocksItselfEndsTheConnectionAndStartsNoneUntilItIsUnlocked() throws IOException {
        long handle = afc.open(PHOTO);
        faults.lockAfter(1000);
        afc.send(1, FILE_READ, handle, 5000);
        assertThrows(IOException.class, afc::receive);
        assertEquals(
                "PasswordProtected",
                assertThrows(IOException.class, () -> TinyClient.afc(usb, phone).close())
                        .getMessage());
        faults.unlock();
        try (TinyClient again = TinyClient.afc(usb, phone)) {
            assertEquals(
                    SIZE, again.ask(FILE_READ, again.open(PHOTO), SIZE).body().remaining());
        }
    }

    @Test
    void aStalledPhoneIsSilentUntilItIsReleased() throws IOException {
        long handle = afc.open(PHOTO);
        faults.stallAfter(1000);
        afc.send(1, FILE_READ, handle, 5000);
        afc.timeout(150);
        assertThrows(SocketTimeoutException.class, () -> afc.skip(40 + 1001));
        faults.release();
        afc.timeout(8000);
        afc.skip(4000);
        assertEquals(0, afc.ask(CLOSE, handle).number());
    }

    @Test
    void aStallMayEndByItself() throws IOException {
        faults.stallAfter(10, Duration.ofMillis(100));
        long handle = afc.open(PHOTO);
        long start = System.nanoTime();
        assertEquals(5000, afc.ask(FILE_READ, handle, 5000).body().remaining());
        assertTrue(System.nanoTime() - start >= 95_000_000, "it did not stall");
    }

    @Test
    void readsMayBeShort() throws IOException {
        byte[] whole = bytes(afc.ask(FILE_READ, afc.open(PHOTO), 3000));
        faults.shortReads(1000);
        long handle = afc.open(PHOTO);
        for (int i = 0; i < 3; i++) {
            byte[] part = bytes(afc.ask(FILE_READ, handle, 3000));
            assertEquals(1000, part.length);
            assertEquals(whole[1000 * i], part[0]);
        }
    }

    @Test
    void aReadFailsFromAnOffsetOn() throws IOException {
        faults.readError(PHOTO, 50_000, 20);
        long handle = afc.open(PHOTO);
        assertEquals(50_000, afc.ask(FILE_READ, handle, 50_000).body().remaining());
        assertEquals(20, afc.ask(FILE_READ, handle, 50_000).number());
        assertEquals(2, afc.ask(FILE_READ, afc.open(OTHER), 1).operation(), "another file");
    }

    @Test
    void aGhostIsListedAndSizedButNotOpened() throws IOException {
        faults.ghost(PHOTO, 8);
        assertTrue(afc.ask(READ_FOLDER, FOLDER).text().contains("IMG_0001.JPG"));
        assertEquals("100000", afc.ask(FILE_INFO, PHOTO).pairs().get("st_size"));
        assertEquals(8, afc.ask(FILE_OPEN, 1, PHOTO).number());
    }

    @Test
    void aSizeMayBeALie() throws IOException {
        faults.reportSize(PHOTO, 5);
        assertEquals("5", afc.ask(FILE_INFO, PHOTO).pairs().get("st_size"));
        assertEquals(SIZE, afc.ask(FILE_READ, afc.open(PHOTO), SIZE).body().remaining());
    }

    @Test
    void aFileMayChangeWhileItIsRead() throws IOException {
        faults.changeWhileRead(PHOTO, 7);
        Map<String, String> before = afc.ask(FILE_INFO, PHOTO).pairs();
        afc.ask(FILE_READ, afc.open(PHOTO), 1);
        Map<String, String> after = afc.ask(FILE_INFO, PHOTO).pairs();
        assertEquals("100000", before.get("st_size"));
        assertEquals("100007", after.get("st_size"));
        assertNotEquals(before.get("st_mtime"), after.get("st_mtime"));
    }

    @Test
    void aBitIsFlippedOnceOrAlways() throws IOException {
        long handle = afc.open(PHOTO);
        byte[] right = bytes(afc.ask(FILE_READ, handle, SIZE));
        faults.flipBit(PHOTO, 70_000, 3, true);
        assertEquals(right[70_000] ^ 8, readAgain(handle)[70_000]);
        assertEquals(right[70_000], readAgain(handle)[70_000]);
        faults.flipBit(PHOTO, 70_000, 3, false);
        readAgain(handle);
        byte[] wrong = readAgain(handle);
        assertEquals(right[70_000] ^ 8, wrong[70_000]);
        wrong[70_000] = right[70_000];
        assertEquals(java.util.Arrays.hashCode(right), java.util.Arrays.hashCode(wrong), "only that bit");
    }

    private byte[] readAgain(long handle) throws IOException {
        afc.ask(SEEK, handle, 0, 0);
        return bytes(afc.ask(FILE_READ, handle, SIZE));
    }

    @Test
    void openFilesHaveALimit() throws IOException {
        faults.openFileLimit(2);
        long first = afc.open(PHOTO);
        afc.open(OTHER);
        assertEquals(3, afc.ask(FILE_OPEN, 1, PHOTO).number());
        afc.ask(CLOSE, first);
        afc.open(PHOTO);
    }

    @Test
    void aFolderMayBeUnreadable() throws IOException {
        faults.unreadableFolder(FOLDER, AfcReply.PERMISSION_DENIED);
        assertEquals(10, afc.ask(READ_FOLDER, FOLDER).number());
        assertEquals(2, afc.ask(READ_FOLDER, "/DCIM").operation());
    }

    @Test
    void hostileNamesAreListedAndTheirFilesCanBeRead() throws IOException {
        faults.hostileNames(FOLDER);
        byte[] listing = bytes(afc.ask(READ_FOLDER, FOLDER));
        String raw = new String(listing, StandardCharsets.ISO_8859_1);
        String[] names = raw.split("\0", -1);
        int regular = 3 + 2;
        assertEquals("..", names[regular]);
        for (int i = regular + 1; i < names.length - 1; i++) {
            byte[] path = (FOLDER + '/' + names[i]).getBytes(StandardCharsets.ISO_8859_1);
            assertEquals("S_IFREG", afc.ask(FILE_INFO, path).pairs().get("st_ifmt"), names[i]);
            TinyClient.Reply opened = afc.ask(FILE_OPEN, 1, path);
            assertEquals(0x0e, opened.operation(), names[i]);
            byte[] content = bytes(afc.ask(FILE_READ, opened.number(), 2));
            assertEquals((byte) 0xff, content[0]);
        }
        assertEquals("S_IFDIR", afc.ask(FILE_INFO, "/DCIM").pairs().get("st_ifmt"));
        assertTrue(raw.contains("\u00ff\u00c3"), "invalid UTF-8");
        assertTrue(raw.contains("l".repeat(251) + ".jpg\0"), "255 bytes");
    }

    @Test
    void oneReplyAnswersTheWrongRequest() throws IOException {
        long handle = afc.open(PHOTO);
        faults.mangleNextRead(Faults.Mangling.WRONG_PACKET_NUMBER);
        afc.send(50, FILE_READ, handle, 10);
        assertEquals(51, afc.receive().packet());
        afc.send(52, FILE_READ, handle, 10);
        assertEquals(52, afc.receive().packet());
    }

    @Test
    void oneReplyPromisesMoreThanFollows() throws IOException {
        faults.mangleNext(Faults.Mangling.TOO_LONG, FILE_INFO);
        afc.send(1, FILE_INFO, PHOTO);
        assertTrue(afc.receiveHeader().entireLength() > 1 << 30);
    }

    @Test
    void oneReplyIsShorterThanItsHeader() throws IOException {
        faults.mangleNextRead(Faults.Mangling.SHORTER_THAN_ITS_HEADER);
        afc.send(1, FILE_READ, afc.open(PHOTO), 10);
        assertEquals(32, afc.receiveHeader().entireLength());
    }

    @Test
    void oneReplyHoldsMoreThanWasAsked() throws IOException {
        long handle = afc.open(PHOTO);
        faults.mangleNextRead(Faults.Mangling.MORE_THAN_ASKED);
        assertEquals(74, afc.ask(FILE_READ, handle, 10).body().remaining());
        assertEquals(10, afc.ask(FILE_READ, handle, 10).body().remaining());
    }

    @Test
    void oneReplyIsTruncatedAndItsConnectionEnds() throws IOException {
        long handle = afc.open(PHOTO);
        faults.mangleNextRead(Faults.Mangling.TRUNCATED);
        afc.send(1, FILE_READ, handle, 1000);
        assertEquals(1040, afc.receiveHeader().entireLength());
        afc.skip(500);
        assertThrows(EOFException.class, afc::readByte);
    }
}
