package dev.shoebox.web.server;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The answers of the server to the page: at once, in ranges, as files change, and until nobody is connected. */
class LocalServerTest extends ServerCase {
    @Test
    void thePageOfThisServerIsAnswered() throws IOException {
        String token = token();
        assertEquals(200, RawClient.get(port, "/").status());
        assertEquals(200, RawClient.get(port, "/api/state", token).status());
        assertEquals("{\"id\":7}", RawClient.get(port, "/api/photos/7", token).text());
        assertEquals(200, RawClient.post(port, "/api/save", "{}", token).status());
        assertEquals(1, done.get());
    }

    /** With Nagle's algorithm, each answer on a persistent connection would wait 40 ms: all of them 20 s. */
    @Test
    void thumbnailsOnOneConnectionDoNotWaitForEachOther() throws IOException {
        String path = "/i/" + session().get("pictures") + "/thumbs/1";
        try (RawClient client = new RawClient(port)) {
            client.send(RawClient.request(port, "GET", path));
            long began = System.nanoTime();
            for (int i = 0; i < 500; i++) {
                RawClient.Answer answer = client.send(RawClient.request(port, "GET", path));
                assertEquals(PICTURE.length, answer.body().length);
            }
            assertTrue(Duration.ofNanos(System.nanoTime() - began).toSeconds() < 15);
        }
    }

    @Test
    void filmsAreSentInRanges() throws IOException {
        String path = "/i/" + session().get("pictures") + "/films/1";
        RawClient.Answer part = RawClient.get(port, path, "Range: bytes=1000-1999");
        assertEquals(206, part.status());
        assertEquals("bytes 1000-1999/10000000", part.headers().get("content-range"));
        assertArrayEquals(expected(1000, 1000), part.body());
        RawClient.Answer tail = RawClient.get(port, path, "Range: bytes=-100");
        assertEquals("bytes 9999900-9999999/10000000", tail.headers().get("content-range"));
        RawClient.Answer open = RawClient.get(port, path, "Range: bytes=0-");
        assertEquals(206, open.status());
        assertEquals(4 << 20, open.body().length);
        assertEquals(416, RawClient.get(port, path, "Range: bytes=10000000-").status());
        assertEquals(416, RawClient.get(port, path, "Range: bytes=-0").status());
        for (String wish : List.of("bytes=5-1", "bytes=0-1,5-6", "bytes=a-b", "lines=1-2", "bytes=--1")) {
            RawClient.Answer whole = RawClient.get(port, path, "Range: " + wish);
            assertEquals(200, whole.status(), wish);
            assertEquals(10_000_000, whole.body().length);
        }
    }

    private static byte[] expected(int first, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (first + i);
        }
        return bytes;
    }

    @Test
    void aHeadSendsNoBody() throws IOException {
        try (RawClient client = new RawClient(port)) {
            RawClient.Answer answer = client.send(RawClient.request(port, "HEAD", "/"));
            assertEquals(200, answer.status());
            assertEquals("15", answer.headers().get("content-length"));
            assertEquals(200, client.send(RawClient.request(port, "GET", "/")).status());
        }
    }

    @Test
    void eachChangeIsSentToEveryListener() throws IOException {
        String token = token();
        try (RawClient first = new RawClient(port);
                RawClient second = new RawClient(port)) {
            first.write(RawClient.request(port, "GET", "/api/events", token));
            second.write(RawClient.request(port, "GET", "/api/events", token));
            first.readBlock();
            second.readBlock();
            assertTrue(first.readBlock().contains("{\"done\":0}"));
            assertTrue(second.readBlock().contains("{\"done\":0}"));
            done.set(3);
            feed.changed();
            first.readBlock();
            second.readBlock();
            assertTrue(first.readBlock().contains("{\"done\":3}"));
            assertTrue(second.readBlock().contains("{\"done\":3}"));
        }
    }

    @Test
    void itClosesWhenNobodyIsConnected() throws Exception {
        LocalServer idle = start(new LocalServer.Settings(0, Duration.ofMinutes(1), Duration.ofMillis(100)));
        idle.await();
        assertThrows(ConnectException.class, () -> RawClient.get(port(idle), "/"));
    }

    /** This is detected only when the file is opened; the request still gets an answer. */
    @Test
    void aFileThatCannotBeOpenedNowIsAnsweredWith503AndWhenToAskAgain() throws IOException {
        String path = "/i/" + session().get("pictures") + "/pictures/1";
        for (String range : List.of("X-Nothing: 1", "Range: bytes=0-9")) {
            RawClient.Answer answer = RawClient.get(port, path, range, "Accept-Language: xx");
            assertEquals(503, answer.status());
            assertTrue(Integer.parseInt(answer.headers().get("retry-after")) > 0);
            assertEquals("xxrefused.later", answer.text());
        }
    }
}
