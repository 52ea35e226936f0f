package dev.shoebox.web.server;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** An answer. The server adds the security headers. */
public sealed interface Response {
    /** How long a browser may cache an answer. */
    enum Keep {
        NOT,
        /** For the lifetime of the page: the URL contains a secret of this start. */
        PRIVATELY
    }

    /**
     * Bytes in memory.
     *
     * @param type the value of {@code Content-Type}
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Body(String type, byte[] bytes, Keep keep) implements Response {}

    /**
     * A file, or a range of it, that is sent piece by piece.
     *
     * @param size in bytes
     * @param bytes closed when everything was sent
     */
    record Media(String type, long size, Opener bytes) implements Response {}

    /** Opens a file once its bytes are known to be needed. */
    interface Opener {
        /** @throws Refusal if it is not available now */
        SeekableByteChannel open() throws IOException, Refusal;
    }

    /** A stream of events that lasts until the client leaves. */
    record Stream(Feed feed) implements Response {}

    /** Creates an answer with a JSON object. */
    static Response json(Map<String, ?> fields) {
        return new Body("application/json", bytes(dev.shoebox.json.JsonObject.line(fields)), Keep.NOT);
    }

    /** Creates an answer that only says success. */
    static Response done() {
        return json(Map.of());
    }

    /** @param type the content type with its charset */
    static Response text(String type, String text) {
        return new Body(type, bytes(text), Keep.NOT);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
