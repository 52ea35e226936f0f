package dev.shoebox.web.server;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A neighbour, another page or a rebound name gets nothing from the server, whatever bytes it sends. */
class ServerAttacksTest extends ServerCase {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example", "127.evil.com", "localhost.evil.com", "127.0.0.1.evil.com", "localhost", "127.0.0.1:1",
                "127.0.0.1", "[::1]:1", "", "127.0.0.2", "2130706433", "127.1"
            })
    void anotherHostIsRefused(String host) throws IOException {
        String token = token();
        String named = host.contains(":") || host.isEmpty() || host.equals("127.0.0.1") ? host : host + ":" + port;
        for (String path : List.of("/", "/api/state", "/api/photos/1")) {
            assertRefused(raw("GET " + path + " HTTP/1.1\r\nHost: " + named + "\r\n" + token + "\r\n\r\n"));
        }
        assertNothingHappened();
    }

    @Test
    void aRequestWithoutOneHostIsRefused() throws IOException {
        String token = token();
        String host = "Host: 127.0.0.1:" + port + "\r\n";
        assertRefused(raw("GET /api/state HTTP/1.1\r\n" + token + "\r\n\r\n"));
        assertRefused(raw("GET /api/state HTTP/1.1\r\n" + host + host + token + "\r\n\r\n"));
        assertRefused(raw("GET /api/state HTTP/1.1\r\n" + host + "Host: evil.example\r\n" + token + "\r\n\r\n"));
        assertRefused(raw("GET http://evil.example/api/state HTTP/1.1\r\n" + host + token + "\r\n\r\n"));
        assertRefused(raw("GET //evil.example/api/state HTTP/1.1\r\n" + host + token + "\r\n\r\n"));
        assertRefused(raw("GET /api/state HTTP/1.0\r\n" + host + token + "\r\n\r\n"));
        assertNothingHappened();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: http://evil.example",
                "Origin: null",
                "Origin: http://localhost:{port}",
                "Origin: https://127.0.0.1:{port}",
                "Origin: http://127.0.0.1:1",
                "Origin: http://127.0.0.1:{port}.evil.example",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site",
            })
    void anotherOriginIsRefused(String header) throws IOException {
        String token = token();
        String line = header.replace("{port}", Integer.toString(port));
        assertRefused(RawClient.get(port, "/api/state", token, line).status());
        assertRefused(RawClient.get(port, "/", line).status());
        try (RawClient client = new RawClient(port)) {
            assertRefused(client.send(RawClient.request(
                                    port,
                                    "POST",
                                    "/api/save",
                                    token,
                                    line,
                                    "Content-Type: application/json",
                                    "Content-Length: 2")
                            + "{}")
                    .status());
        }
        assertNothingHappened();
    }

    @Test
    void aPostThatFormsAndSimpleRequestsCanMakeIsRefused() throws IOException {
        String token = token();
        String own = "Origin: http://127.0.0.1:" + port;
        for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "")) {
            try (RawClient client = new RawClient(port)) {
                String typed = type.isEmpty() ? "X-None: 1" : "Content-Type: " + type;
                assertEquals(
                        415,
                        client.send(RawClient.request(port, "POST", "/api/save", token, own, typed, "Content-Length: 2")
                                        + "{}")
                                .status());
            }
        }
        // Without an Origin, it is not our page.
        try (RawClient client = new RawClient(port)) {
            assertEquals(
                    403,
                    client.send(RawClient.request(
                                            port,
                                            "POST",
                                            "/api/save",
                                            token,
                                            "Content-Type: application/json",
                                            "Content-Length: 2")
                                    + "{}")
                            .status());
        }
        assertNothingHappened();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "CONNECT", "PROPFIND"})
    void otherMethodsAreRefused(String method) throws IOException {
        String token = token();
        assertRefused(raw(RawClient.request(port, method, "/api/save", token)));
        assertRefused(raw(RawClient.request(
                port,
                method,
                "/api/save",
                "Origin: http://evil.example",
                "Access-Control-Request-Method: POST",
                "Access-Control-Request-Headers: x-shoebox")));
        assertNothingHappened();
    }

    @Test
    void withoutTheTokenNothingIsAnswered() throws IOException {
        for (String path : List.of("/api/state", "/api/events", "/api/photos/1")) {
            assertEquals(403, RawClient.get(port, path).status());
            assertEquals(403, RawClient.get(port, path, "X-Shoebox: wrong").status());
            assertEquals(403, RawClient.get(port, path, "X-Shoebox: " + code()).status());
            assertEquals(
                    403, RawClient.get(port, path, "Cookie: X-Shoebox=wrong").status());
        }
        String token = token();
        assertEquals(403, RawClient.get(port, "/api/state", token, token).status());
        assertEquals(403, RawClient.post(port, "/api/save", "{}").status());
        assertNothingHappened();
    }

    @Test
    void aTokenOfAPreviousStartIsWrong() throws IOException {
        String token = token();
        server.close();
        start();
        assertEquals(403, RawClient.get(port, "/api/state", token).status());
    }

    @Test
    void theLaunchCodeWorksOnce() throws IOException {
        assertEquals(
                403,
                RawClient.post(port, "/api/session", "{\"code\":\"wrong\"}").status());
        assertEquals(403, RawClient.post(port, "/api/session", "{\"code\":7}").status());
        assertEquals(403, RawClient.post(port, "/api/session", "{}").status());
        session();
        assertEquals(
                403,
                RawClient.post(port, "/api/session", "{\"code\":\"" + code() + "\"}")
                        .status());
        assertEquals(405, RawClient.get(port, "/api/session").status());
    }

    @Test
    void theLaunchCodeWorksForAWhile() {
        long[] now = {0};
        Secrets secrets = new Secrets(Duration.ofSeconds(60), () -> now[0]);
        now[0] = Duration.ofSeconds(61).toNanos();
        assertTrue(secrets.exchange(secrets.code()).isEmpty());
        now[0] = Duration.ofSeconds(60).toNanos();
        assertTrue(secrets.exchange(secrets.code()).isPresent());
    }

    @Test
    void secretsAreLongAndDiffer() throws IOException {
        Map<String, Object> session = session();
        assertNotEquals(session.get("token"), session.get("pictures"));
        assertNotEquals(session.get("token"), code());
        assertTrue(session.get("token").toString().length() >= 43);
    }

    @Test
    void anotherUserOfThisComputerCannotUseTheCode() throws Exception {
        List<String> asNobody = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
        boolean possible = Files.isExecutable(Path.of("/usr/bin/setpriv"))
                && Files.isExecutable(Path.of("/usr/bin/curl"))
                && "root".equals(System.getProperty("user.name"));
        // Only root can become another user.
        org.junit.jupiter.api.Assumptions.assumeTrue(possible, "needs root, setpriv and curl");
        List<String> command = new ArrayList<>(asNobody);
        command.addAll(List.of(
                "curl",
                "-s",
                "-o",
                "/dev/null",
                "-w",
                "%{http_code}",
                "--noproxy",
                "*",
                "-H",
                "Origin: http://127.0.0.1:" + port,
                "-H",
                "Content-Type: application/json",
                "-d",
                "{\"code\":\"" + code() + "\"}",
                "http://127.0.0.1:" + port + "/api/session"));
        Process curl = new ProcessBuilder(command).start();
        String status = new String(curl.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertTrue(curl.waitFor(20, TimeUnit.SECONDS));
        assertEquals("403", status);
        session();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../thumbs/1",
                "/thumbs/1/../2",
                "/thumbs/%31",
                "/thumbs/%2e%2e%2f",
                "/thumbs/1%2f",
                "/thumbs/1%00",
                "/thumbs/-1",
                "/thumbs/2147483648",
                "/thumbs/1e3",
                "/thumbs/01",
                "/thumbs/",
                "/thumbs/1/",
                "/thumbs/1?x=1",
                "/thumbs/+1",
                "/thumbs/١",
                "/thumbs",
                "",
                "/",
                "/thumbsfoo/1",
                "/THUMBS/1",
                "/thumbs/1\\..",
            })
    void onlyTheExactPathsOfPicturesAreAnswered(String path) throws IOException {
        String secret = "/i/" + session().get("pictures");
        assertRefused(raw(RawClient.request(port, "GET", secret + path)));
        assertNothingHappened();
        assertEquals(200, RawClient.get(port, secret + "/thumbs/1").status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/i/wrong/thumbs/1",
                "/i//thumbs/1",
                "/i/thumbs/1",
                "/thumbs/1",
                "/api/photos/1/",
                "/api/photos/1x",
                "/api/statefoo",
                "/api/../api/state",
                "/api//state",
                "/%61pi/state",
                "/api/state?",
                "/api/state?x",
                "/etc/passwd",
                "/index.html/../api/state",
            })
    void otherPathsAreNotThere(String path) throws IOException {
        assertRefused(raw(RawClient.request(port, "GET", path, token())));
        assertNothingHappened();
    }

    @Test
    void everyAnswerForbidsUnneededFeatures() throws IOException {
        String token = token();
        for (RawClient.Answer answer : List.of(
                RawClient.get(port, "/"),
                RawClient.get(port, "/api/state", token),
                RawClient.get(port, "/api/state"),
                RawClient.get(port, "/nothing"))) {
            Map<String, String> headers = answer.headers();
            assertTrue(headers.get("content-security-policy").contains("default-src 'none'"));
            assertTrue(headers.get("content-security-policy").contains("frame-ancestors 'none'"));
            assertFalse(headers.get("content-security-policy").contains("unsafe"));
            assertEquals("nosniff", headers.get("x-content-type-options"));
            assertEquals("no-referrer", headers.get("referrer-policy"));
            assertEquals("same-origin", headers.get("cross-origin-resource-policy"));
            assertEquals("same-origin", headers.get("cross-origin-opener-policy"));
            assertEquals("no-store", headers.get("cache-control"));
            assertTrue(headers.keySet().stream().noneMatch(name -> name.startsWith("access-control")));
            assertFalse(headers.containsKey("set-cookie"));
        }
    }

    @Test
    void aBodyThatIsTooLargeOrNoObjectIsRefused() throws IOException {
        String token = token();
        String large = "{\"x\":\"" + "y".repeat(Gate.MOST_BODY) + "\"}";
        assertRefused(RawClient.post(port, "/api/save", large, token).status());
        for (String none : List.of("", "[]", "7", "{", "null", "{\"a\":".repeat(50_000))) {
            assertRefused(RawClient.post(port, "/api/save", none, token).status());
        }
        assertNothingHappened();
    }

    @Test
    void headersWithoutEndAreRefused() throws IOException {
        String token = token();
        String[] many = Collections.nCopies(300, "X-More: 1").toArray(String[]::new);
        assertRefused(raw(RawClient.request(port, "GET", "/api/state", many)));
        try (RawClient client = new RawClient(port)) {
            assertRefused(client.send(RawClient.request(port, "GET", "/api/state", "X-Large: " + "y".repeat(1 << 20)))
                    .status());
        } catch (IOException closed) {
            // A connection that is closed while we still write is a refusal, too.
        }
        assertEquals(200, RawClient.get(port, "/api/state", token).status());
    }

    @Test
    void slowClientsDoNotKeepThePageWaiting() throws IOException {
        String token = token();
        List<RawClient> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 50; i++) {
                RawClient client = new RawClient(port);
                slow.add(client);
                client.write("POST /api/save HTTP/1.1\r\nHo");
            }
            long began = System.nanoTime();
            assertEquals(200, RawClient.get(port, "/api/state", token).status());
            assertTrue(Duration.ofNanos(System.nanoTime() - began).toSeconds() < 5);
        } finally {
            for (RawClient client : slow) {
                client.close();
            }
        }
    }

    @Test
    void onlyThisComputerReachesIt() throws IOException {
        List<InetAddress> others = new ArrayList<>();
        for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InetAddress address : Collections.list(each.getInetAddresses())) {
                if (!(address instanceof Inet4Address && address.isLoopbackAddress())) {
                    others.add(address);
                }
            }
        }
        others.add(InetAddress.getByAddress(new byte[] {127, 0, 0, 2}));
        for (InetAddress address : others) {
            assertThrows(IOException.class, () -> new Socket(address, port).close(), address::toString);
        }
    }
}
