package dev.shoebox.watch;

import dev.shoebox.plist.PropertyList;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * A message from usbmuxd: a header of four little-endian words (length including the header, version 1, type 8, tag)
 * and an XML property list. Sources: libusbmuxd 2.0's {@code usbmuxd-proto.h} and {@code libusbmuxd.c}.
 *
 * @param fields of its dictionary
 */
record MuxMessage(Map<String, Object> fields) {
    private static final int HEADER = 16;
    private static final int VERSION = 1;
    private static final int PLIST = 8;

    /** All messages are much shorter. */
    private static final int LONGEST = 1 << 20;

    private static final Map<String, Object> LISTEN = Map.of(
            "MessageType", "Listen",
            "ClientVersionString", "shoebox",
            "ProgName", "shoebox",
            "kLibUSBMuxVersion", 3);

    /** Returns a string or an integer of the message, or of the properties of the phone in it. */
    Optional<String> value(String key) {
        Object value = fields.get(key);
        if (value == null && fields.get("Properties") instanceof Map<?, ?> properties) {
            value = properties.get(key);
        }
        return Optional.ofNullable(value)
                .filter(known -> known instanceof String || known instanceof Long)
                .map(Object::toString);
    }

    boolean is(String type) {
        return type.equals(fields.get("MessageType"));
    }

    /** Subscribes to all phones, starting with those that are connected. */
    static void listen(ByteChannel channel) throws IOException {
        byte[] body = PropertyList.xml(LISTEN);
        ByteBuffer message = ByteBuffer.allocate(HEADER + body.length).order(ByteOrder.LITTLE_ENDIAN);
        message.putInt(message.capacity())
                .putInt(VERSION)
                .putInt(PLIST)
                .putInt(1)
                .put(body)
                .flip();
        while (message.hasRemaining()) {
            channel.write(message);
        }
    }

    /** @throws IOException at the end of the stream, or if the message is malformed */
    static MuxMessage read(ByteChannel channel) throws IOException {
        ByteBuffer header = filled(channel, HEADER);
        int length = header.getInt();
        if (length < HEADER || length > LONGEST) {
            throw new IOException("not usbmuxd");
        }
        return parse(filled(channel, length - HEADER).array());
    }

    private static ByteBuffer filled(ByteChannel channel, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException();
            }
        }
        return buffer.flip();
    }

    static MuxMessage parse(byte[] bytes) throws IOException {
        // A name that is no UTF-8 must not hide the rest of the message.
        String text = new String(bytes, StandardCharsets.UTF_8);
        return PropertyList.dictionary(text.getBytes(StandardCharsets.UTF_8))
                .map(MuxMessage::new)
                .orElseThrow(() -> new IOException("no property list"));
    }
}
