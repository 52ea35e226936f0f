package dev.shoebox.watch;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A message from usbmuxd: a header of four little-endian words (length including the header, version 1, type 8, tag)
 * and an XML property list. Sources: libusbmuxd 2.0's {@code usbmuxd-proto.h} and {@code libusbmuxd.c}.
 *
 * @param values every string and integer by the key before it, at any depth: no relevant key occurs twice in a message
 */
record MuxMessage(Map<String, String> values) {
    private static final int HEADER = 16;
    private static final int VERSION = 1;
    private static final int PLIST = 8;

    /** All messages are much shorter. */
    private static final int LONGEST = 1 << 20;

    private static final String LISTEN = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
            <plist version="1.0"><dict>
            <key>MessageType</key><string>Listen</string>
            <key>ClientVersionString</key><string>shoebox</string>
            <key>ProgName</key><string>shoebox</string>
            <key>kLibUSBMuxVersion</key><integer>3</integer>
            </dict></plist>
            """;

    MuxMessage {
        values = Map.copyOf(values);
    }

    Optional<String> value(String key) {
        return Optional.ofNullable(values.get(key));
    }

    boolean is(String type) {
        return type.equals(values.get("MessageType"));
    }

    /** Subscribes to all phones, starting with those that are connected. */
    static void listen(ByteChannel channel) throws IOException {
        byte[] body = LISTEN.getBytes(StandardCharsets.UTF_8);
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

    static MuxMessage parse(byte[] text) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        var values = new HashMap<String, String>();
        try {
            // Given bytes that are no UTF-8, the parser writes about them to the standard error.
            XMLStreamReader xml =
                    factory.createXMLStreamReader(new StringReader(new String(text, StandardCharsets.UTF_8)));
            String key = "";
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT) {
                    switch (xml.getLocalName()) {
                        case "key" -> key = xml.getElementText();
                        case "string", "integer" -> values.putIfAbsent(key, xml.getElementText());
                        default -> {}
                    }
                }
            }
        } catch (XMLStreamException | RuntimeException none) {
            throw new IOException("no property list", none);
        }
        return new MuxMessage(values);
    }
}
