package dev.shoebox.web.server;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** An answer; the headers that guard it are added by the server. */
public sealed interface Response {
    /** How long a browser may keep what it got. */
    enum Keep {
        NOT,
        /** As long as the page lives: its URL holds a secret of this start. */
        PRIVATELY
    }

    /**
     * Bytes that are in memory.
     *
     * @param type as {@code Content-Type} has it
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Body(String type, byte[] bytes, Keep keep) implements Response {}

    /**
     * A file that is sent piece by piece, or one range of it.
     *
     * @param size in bytes
     * @param bytes is closed when all was sent
     */
    record Media(String type, long size, Opener bytes) implements Response {}

    /** Opens the bytes of a file once it is known that they are wanted. */
    interface Opener {
        /** @throws Refusal if it cannot be had now */
        SeekableByteChannel open() throws IOException, Refusal;
    }

    /** A stream of events that goes on until the client leaves. */
    record Stream(Feed feed) implements Response {}

    /** A JSON object. */
    static Response json(Map<String, ?> fields) {
        return new Body("application/json", bytes(dev.shoebox.json.JsonObject.line(fields)), Keep.NOT);
    }

    /** Nothing but success. */
    static Response done() {
        return json(Map.of());
    }

    /** @param type with its charset */
    static Response text(String type, String text) {
        return new Body(type, bytes(text), Keep.NOT);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
