package dev.shoebox.watch;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ByteChannel;
import java.util.List;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Bytes in place of usbmuxd's answers: one message after the other until there is none. */
final class MuxMessageFuzz {
    private MuxMessageFuzz() {}

    static List<byte[]> seeds() {
        return Stream.of(
                        "<plist version=\"1.0\"><dict><key>MessageType</key><string>Result</string>"
                                + "<key>Number</key><integer>0</integer></dict></plist>",
                        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\""
                                + " \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\"><plist version=\"1.0\"><dict>"
                                + "<key>DeviceID</key><integer>7</integer><key>MessageType</key><string>Attached</string>"
                                + "<key>Properties</key><dict><key>ConnectionType</key><string>USB</string>"
                                + "<key>SerialNumber</key><string>00008110-0001</string></dict></dict></plist>",
                        "<plist><dict><key>MessageType</key><string>Detached</string></dict></plist>")
                .map(text -> message(text.getBytes(UTF_8)))
                .toList();
    }

    private static byte[] message(byte[] body) {
        return ByteBuffer.allocate(16 + body.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(16 + body.length)
                .putInt(1)
                .putInt(8)
                .putInt(1)
                .put(body)
                .array();
    }

    public static void fuzzerTestOneInput(byte[] bytes) {
        try (ByteChannel channel = new Said(new ByteArrayInputStream(bytes))) {
            while (true) {
                MuxMessage message = MuxMessage.read(channel);
                message.is("Attached");
                message.value("DeviceID");
            }
        } catch (IOException end) {
            // The bytes are not a message, or there are no more.
        }
    }

    /** A connection that delivers bytes and ignores what is sent. */
    private record Said(InputStream bytes) implements ByteChannel {
        @Override
        public int read(ByteBuffer into) throws IOException {
            byte[] some = new byte[into.remaining()];
            int count = bytes.read(some);
            into.put(some, 0, Math.max(0, count));
            return count;
        }

        @Override
        public int write(ByteBuffer from) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
