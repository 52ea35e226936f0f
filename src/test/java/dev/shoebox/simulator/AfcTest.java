package dev.shoebox.simulator;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.shoebox.simulator.library.Libraries;
import dev.shoebox.simulator.phone.PhoneSettings;
import dev.shoebox.simulator.phone.SimulatedPhone;
import dev.shoebox.simulator.usb.SimulatedUsb;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class AfcTest {
    private static final int READ_FOLDER = 0x03;
    private static final int FILE_INFO = 0x0a;
    private static final int DEVICE_INFO = 0x0b;
    private static final int FILE_OPEN = 0x0d;
    private static final int FILE_READ = 0x0f;
    private static final int SEEK = 0x11;
    private static final int TELL = 0x12;
    private static final int CLOSE = 0x14;
    private static final String PHOTO = "/DCIM/100APPLE/IMG_0001.JPG";

    private final Path root = Jimfs.newFileSystem(Configuration.unix()).getPath("/phone");
    private final SimulatedPhone phone = new SimulatedPhone(
            PhoneSettings.of(Libraries.folder(root)).with(new PhoneSettings.Encryption(false, false)));
    private SimulatedUsb usb;
    private TinyClient afc;

    @BeforeEach
    void connect() throws IOException {
        Path album = Files.createDirectories(root.resolve("DCIM/100APPLE"));
        Files.writeString(album.resolve("IMG_0001.JPG"), "0123456789");
        Files.setLastModifiedTime(
                album.resolve("IMG_0001.JPG"), FileTime.from(Instant.parse("2024-05-01T10:00:00.5Z")));
        Files.createSymbolicLink(root.resolve("link"), root.getFileSystem().getPath("DCIM"));
        usb = SimulatedUsb.start("127.0.0.1:0");
        usb.plug(phone);
        afc = TinyClient.afc(usb, phone);
    }

    @AfterEach
    void disconnect() throws IOException {
        afc.close();
        usb.close();
    }

    private long status(long operation, Object... arguments) throws IOException {
        TinyClient.Reply reply = afc.ask(operation, arguments);
        assertEquals(1, reply.operation(), "a status");
        assertEquals(48, reply.thisLength());
        return reply.number();
    }

    @Test
    void aFolderListsItselfAndItsParentFirst() throws IOException {
        assertEquals(".\0..\000100APPLE\0", afc.ask(READ_FOLDER, "/DCIM").text());
        assertEquals(".\0..\0DCIM\0link\0", afc.ask(READ_FOLDER, "/").text());
        assertEquals(8, status(READ_FOLDER, "/nothing"));
        assertEquals(8, status(READ_FOLDER, PHOTO));
    }

    @Test
    void dataAreNotCountedInTheReplysOwnLength() throws IOException {
        TinyClient.Reply reply = afc.ask(FILE_READ, afc.open(PHOTO), 4);
        assertEquals(40, reply.thisLength());
        assertEquals(44, reply.entireLength());
        assertEquals("0123", reply.text());
    }

    @Test
    void fileInformationIsInNanosecondsAndBlocks() throws IOException {
        Map<String, String> info = afc.ask(FILE_INFO, PHOTO).pairs();
        assertEquals("10", info.get("st_size"));
        assertEquals("1", info.get("st_blocks"));
        assertEquals("1", info.get("st_nlink"));
        assertEquals("S_IFREG", info.get("st_ifmt"));
        assertEquals("1714557600500000000", info.get("st_mtime"));
        assertTrue(info.containsKey("st_birthtime"));
        assertEquals("S_IFDIR", afc.ask(FILE_INFO, "/DCIM").pairs().get("st_ifmt"));
        assertEquals("DCIM", afc.ask(FILE_INFO, "/link").pairs().get("LinkTarget"));
        assertEquals(8, status(FILE_INFO, "/DCIM/gone"));
    }

    @Test
    void theDeviceReportsItsModelAndSpace() throws IOException {
        Map<String, String> info = afc.ask(DEVICE_INFO).pairs();
        assertEquals("iPhone15,2", info.get("Model"));
        assertEquals("64000000000", info.get("FSFreeBytes"));
        assertEquals("128000000000", info.get("FSTotalBytes"));
        assertEquals("4096", info.get("FSBlockSize"));
    }

    @Test
    void readingContinuesAtTheCurrentOrSoughtPosition() throws IOException {
        long handle = afc.open(PHOTO);
        assertEquals("012", afc.ask(FILE_READ, handle, 3).text());
        assertEquals(3, afc.ask(TELL, handle).number());
        assertEquals(0, status(SEEK, handle, 2, -2));
        assertEquals("89", afc.ask(FILE_READ, handle, 100).text());
        assertEquals("", afc.ask(FILE_READ, handle, 100).text());
        assertEquals(0, status(SEEK, handle, 0, 5));
        assertEquals("56789", afc.ask(FILE_READ, handle, 100).text());
        assertEquals(0, status(CLOSE, handle));
        assertEquals(7, status(FILE_READ, handle, 1));
    }

    @Test
    void aFolderOpensAsNoFile() throws IOException {
        assertEquals(9, status(FILE_OPEN, 1, "/DCIM"));
        assertEquals(8, status(FILE_OPEN, 1, "/DCIM/gone"));
    }

    @Test
    void noPathLeadsOutOfTheLibrary() throws IOException {
        Files.writeString(root.resolveSibling("secret"), "secret");
        assertEquals(8, status(FILE_INFO, "/../secret"));
        assertEquals(8, status(FILE_OPEN, 1, "DCIM/../../secret"));
        assertEquals(
                "10",
                afc.ask(FILE_INFO, "//DCIM/./x/../100APPLE//IMG_0001.JPG")
                        .pairs()
                        .get("st_size"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x05, 0x06, 0x07, 0x08, 0x09, 0x0c, 0x10, 0x15, 0x18, 0x1c, 0x1e, 0x20, 0x22})
    void writingRequestsAreRefusedAndCounted(int operation) throws IOException {
        assertEquals(10, status(operation, 1, PHOTO, PHOTO));
        assertEquals(1, phone.observed().writeOperations());
    }

    @Test
    void openingToWriteIsAWriteOperation() throws IOException {
        assertEquals(10, status(FILE_OPEN, 2, PHOTO));
        assertEquals(1, phone.observed().writeOperations());
        assertEquals(0, phone.observed().opens());
    }

    @Test
    void unknownOperationsAreNoWrites() throws IOException {
        assertEquals(6, status(0x7777));
        assertEquals(15, status(0x16));
        assertEquals(0, phone.observed().writeOperations());
    }

    @Test
    void requestsSentAheadAreAnsweredInOrder() throws IOException {
        long handle = afc.open(PHOTO);
        for (int i = 0; i < 10; i++) {
            afc.send(100 + i, FILE_READ, handle, 1);
        }
        for (int i = 0; i < 10; i++) {
            TinyClient.Reply reply = afc.receive();
            assertEquals(100 + i, reply.packet());
            assertEquals(Integer.toString(i), reply.text());
        }
        assertEquals(10, phone.observed().requests(FILE_READ));
    }

    @Test
    void filesLeftOpenAreSeen() throws Exception {
        afc.ask(CLOSE, afc.open(PHOTO));
        afc.open(PHOTO);
        assertEquals(2, phone.observed().opens());
        assertEquals(1, phone.observed().closes());
        assertEquals(1, phone.observed().openHandles());
        afc.close();
        phone.observed().await(() -> phone.observed().liveAfcConnections() == 0);
        assertEquals(0, phone.observed().openHandles());
        assertEquals(1, phone.observed().abandonedHandles());
    }

    @Test
    void aRequestCutShortIsAnInvalidArgument() throws IOException {
        assertEquals(7, status(FILE_READ, 1));
        assertEquals(7, status(FILE_OPEN));
    }

    @Test
    void aHeaderWithoutTheMagicEndsTheConnection() throws IOException {
        afc.raw(ByteBuffer.allocate(40)
                .put("CFA6LPAB".getBytes(StandardCharsets.US_ASCII))
                .array());
        assertThrows(IOException.class, afc::readByte);
    }
}
