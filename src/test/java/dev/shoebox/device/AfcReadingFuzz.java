package dev.shoebox.device;

import dev.shoebox.device.afc.Afc.Request;
import dev.shoebox.device.afc.AfcConnection;
import dev.shoebox.device.afc.FileInfo;
import dev.shoebox.device.transport.DeviceException;

import java.nio.ByteBuffer;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** Answers of a phone while a file is read: one request of each kind, all in flight at once. */
final class AfcReadingFuzz {
    private static final int COUNT = 64;

    private AfcReadingFuzz() {}

    static List<byte[]> seeds() {
        return List.of(
                new Recording()
                        .opened(1, 7)
                        .status(2, 0)
                        .told(3, 9)
                        .data(4, "content")
                        .data(5, "x".repeat(COUNT))
                        .status(6, 0)
                        .data(7, HostileAnswersTest.INFO)
                        .data(8, "Model\0iPhone14,5\0FSTotalBytes\000123\0")
                        .bytes(),
                new Recording()
                        .status(1, 3)
                        .status(2, 7)
                        .status(3, 20)
                        .status(4, 14)
                        .data(5, "")
                        .status(6, -1)
                        .bytes());
    }

    public static void fuzzerTestOneInput(byte[] answers) {
        AfcConnection connection = new AfcConnection(Recording.of(answers));
        ByteBuffer first = ByteBuffer.allocateDirect(COUNT);
        ByteBuffer second = ByteBuffer.allocateDirect(COUNT + 8).position(8);
        try {
            connection.askPath(Request.FILE_OPEN, "DCIM/x", reply -> {});
            connection.askSeek(7, 9, reply -> {});
            connection.askHandle(Request.TELL, 7, reply -> {});
            connection.askRead(7, first, reply -> assertTrue(reply.data().remaining() <= COUNT));
            connection.askRead(7, second, reply -> assertTrue(reply.data().remaining() <= COUNT));
            connection.askHandle(Request.CLOSE, 7, reply -> {});
            connection.askPath(Request.GET_FILE_INFO, "DCIM/x", reply -> FileInfo.of(reply.data()));
            connection.askDeviceInfo(reply -> {});
            connection.drain();
        } catch (DeviceException lost) {
            assertTrue(connection.isBroken());
        }
        connection.close();
    }
}
