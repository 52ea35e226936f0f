package dev.shoebox.web.server;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import dev.shoebox.history.HtmlReport;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Writes answers, each with headers that keep a browser from using it in any other way. */
final class Sending {
    /** A browser that plays a film requests the next piece when it needs it. */
    private static final long LONGEST_PIECE = 4 << 20;

    /** The key of the sentence for data that cannot be read at the moment. */
    static final String LATER = "refused.later";

    private static final int UNAVAILABLE = 503;

    /** When a browser should retry after a temporary failure. */
    private static final String RETRY_SECONDS = "5";

    private static final int BUFFER = 1 << 16;
    private static final long HEARTBEAT_MILLIS = 10_000;
    private static final long SHORTEST_STEP_MILLIS = 150;

    private static final String POLICY = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            // The report of a run opens in its own tab, where this policy applies as well as the report's own.
            "style-src 'self' " + HtmlReport.STYLE_SOURCE,
            "img-src 'self'",
            "media-src 'self'",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'");

    private Sending() {}

    static void guard(HttpExchange exchange) {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Security-Policy", POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        headers.set("Cache-Control", "no-store");
    }

    static void refuse(HttpExchange exchange, Refusal refusal, Sentences sentences, String language)
            throws IOException {
        // Do not wait for the rest of its body.
        exchange.getResponseHeaders().set("Connection", "close");
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        if (refusal.status() == UNAVAILABLE) {
            exchange.getResponseHeaders().set("Retry-After", RETRY_SECONDS);
        }
        body(exchange, refusal.status(), refusal.text(sentences, language).getBytes(StandardCharsets.UTF_8));
    }

    /** @throws Refusal if it is not available now; nothing was sent yet */
    static void send(HttpExchange exchange, Response response) throws IOException, Refusal {
        if (response instanceof Response.Body body) {
            exchange.getResponseHeaders().set("Content-Type", body.type());
            if (body.keep() == Response.Keep.PRIVATELY) {
                exchange.getResponseHeaders().set("Cache-Control", "private, max-age=86400, immutable");
            }
            body(exchange, 200, body.bytes());
        } else if (response instanceof Response.Media media) {
            media(exchange, media);
        } else if (response instanceof Response.Stream stream) {
            stream(exchange, stream.feed());
        }
    }

    private static void body(HttpExchange exchange, int status, byte[] bytes) throws IOException {
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(bytes.length));
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        }
    }

    private static void media(HttpExchange exchange, Response.Media media) throws IOException, Refusal {
        Headers headers = exchange.getResponseHeaders();
        long size = media.size();
        headers.set("Content-Type", media.type());
        headers.set("Accept-Ranges", "bytes");
        long first = 0;
        long last = size - 1;
        int status = 200;
        Optional<Gate.Range> wanted = Gate.range(exchange);
        if (wanted.isPresent()) {
            boolean tail = wanted.get().first() < 0;
            first = tail
                    ? Math.max(0, size - wanted.get().last())
                    : wanted.get().first();
            last = Math.min(tail ? size - 1 : wanted.get().last(), size - 1);
            if (first >= size || last < first) {
                headers.set("Content-Range", "bytes */" + size);
                body(exchange, 416, new byte[0]);
                return;
            }
            last = Math.min(last, first + LONGEST_PIECE - 1);
            headers.set("Content-Range", "bytes " + first + "-" + last + "/" + size);
            status = 206;
        }
        long length = last - first + 1;
        if (exchange.getRequestMethod().equals("HEAD") || length == 0) {
            headers.set("Content-Length", Long.toString(length));
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        try (SeekableByteChannel bytes = open(media, first)) {
            exchange.sendResponseHeaders(status, length);
            try (OutputStream out = exchange.getResponseBody()) {
                copy(bytes, length, out);
            }
        }
    }

    private static SeekableByteChannel open(Response.Media media, long first) throws Refusal {
        SeekableByteChannel bytes;
        try {
            bytes = media.bytes().open();
        } catch (IOException unreadable) {
            throw Refusal.later(LATER);
        }
        try {
            return bytes.position(first);
        } catch (IOException unreadable) {
            close(bytes);
            throw Refusal.later(LATER);
        }
    }

    private static void close(SeekableByteChannel bytes) {
        try {
            bytes.close();
        } catch (IOException gone) {
            // It could not be read either.
        }
    }

    private static void copy(SeekableByteChannel from, long length, OutputStream to) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        for (long left = length; left > 0; ) {
            buffer.clear().limit((int) Math.min(left, BUFFER));
            int read = from.read(buffer);
            if (read < 0) {
                throw new IOException("the file ended before its end");
            }
            to.write(buffer.array(), 0, read);
            left -= read;
        }
    }

    private static void stream(HttpExchange exchange, Feed feed) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
        exchange.sendResponseHeaders(200, 0);
        feed.joined();
        try (OutputStream out = exchange.getResponseBody()) {
            long seen = 0;
            while (!feed.isClosed()) {
                long version = feed.next(seen, HEARTBEAT_MILLIS);
                String text = version == seen ? ": still here\n\n" : "event: state\ndata: " + feed.state() + "\n\n";
                out.write(text.getBytes(StandardCharsets.UTF_8));
                out.flush();
                seen = version;
                // Bytes of the file count as progress, and nobody can read that fast.
                Thread.sleep(SHORTEST_STEP_MILLIS);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } finally {
            feed.left();
        }
    }
}
