package dev.shoebox.web.server;

import dev.shoebox.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A server with a route of each kind, which counts actions and reads. */
abstract class ServerCase {
    static final byte[] PICTURE = new byte[15_000];

    final AtomicInteger done = new AtomicInteger();
    final AtomicInteger read = new AtomicInteger();
    final Feed feed = new Feed(() -> "{\"done\":" + done.get() + "}");
    LocalServer server;
    int port;

    @BeforeEach
    void start() throws IOException {
        server = start(new LocalServer.Settings(0, Duration.ofMinutes(1), Duration.ofMinutes(10)));
        port = port(server);
    }

    LocalServer start(LocalServer.Settings settings) throws IOException {
        List<Route> routes = List.of(
                Route.open("/", request -> Response.text("text/html; charset=utf-8", "<!doctype html>")),
                Route.get("/api/state", request -> {
                    read.incrementAndGet();
                    return Response.done();
                }),
                Route.get("/api/events", request -> new Response.Stream(feed)),
                Route.get("/api/photos/{n}", request -> {
                    read.incrementAndGet();
                    return Response.json(Map.of("id", request.number()));
                }),
                Route.post("/api/save", request -> {
                    done.incrementAndGet();
                    return Response.done();
                }),
                Route.picture("/thumbs/{n}", request -> {
                    read.incrementAndGet();
                    return new Response.Body("image/jpeg", PICTURE, Response.Keep.PRIVATELY);
                }),
                Route.picture("/films/{n}", request -> {
                    read.incrementAndGet();
                    return new Response.Media("video/mp4", 10_000_000, ServerCase::film);
                }),
                Route.picture(
                        "/pictures/{n}",
                        request -> new Response.Media("image/jpeg", 1000, () -> {
                            throw new IOException("it cannot be read now");
                        })));
        return LocalServer.start(settings, routes, feed, () -> false, (key, gaps, language) -> language + key);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    static int port(LocalServer server) {
        return Integer.parseInt(server.url().replaceAll("http://127\\.0\\.0\\.1:(\\d+)/#.*", "$1"));
    }

    String code() {
        return server.url().substring(server.url().indexOf('#') + 1);
    }

    Map<String, Object> session() throws IOException {
        RawClient.Answer answer = RawClient.post(port, "/api/session", "{\"code\":\"" + code() + "\"}");
        assertEquals(200, answer.status());
        return JsonObject.parse(answer.text()).fields();
    }

    String token() throws IOException {
        return "X-Shoebox: " + session().get("token");
    }

    int raw(String request) throws IOException {
        try (RawClient client = new RawClient(port)) {
            return client.send(request).status();
        }
    }

    void assertNothingHappened() {
        assertEquals(0, done.get());
        assertEquals(0, read.get());
    }

    static void assertRefused(int status) {
        assertTrue(List.of(0, 400, 403, 404, 405, 413, 415).contains(status), () -> "answered with " + status);
    }

    /** Each byte has its own offset as value. */
    private static SeekableByteChannel film() {
        return new SeekableByteChannel() {
            private long at;

            @Override
            public int read(ByteBuffer buffer) {
                int length = (int) Math.min(buffer.remaining(), 10_000_000 - at);
                for (int i = 0; i < length; i++) {
                    buffer.put((byte) (at + i));
                }
                at += length;
                return length == 0 ? -1 : length;
            }

            @Override
            public int write(ByteBuffer buffer) {
                throw new UnsupportedOperationException();
            }

            @Override
            public long position() {
                return at;
            }

            @Override
            public SeekableByteChannel position(long position) {
                at = position;
                return this;
            }

            @Override
            public long size() {
                return 10_000_000;
            }

            @Override
            public SeekableByteChannel truncate(long size) {
                throw new UnsupportedOperationException();
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {
                // Nothing is held.
            }
        };
    }
}
