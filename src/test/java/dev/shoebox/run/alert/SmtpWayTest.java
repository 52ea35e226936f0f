package dev.shoebox.run.alert;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The conversation with a mail server without encryption, and what is not sent to it. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SmtpWayTest {
    private static final Alert ALARM = new Alert(Alert.Kind.ALARM, "No backup – 9 days", "why");

    @TempDir
    private Path folder;

    private ServerSocket server;
    private String offers = "250 8BITMIME";
    private final List<String> said = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void serve() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::talk, "smtp");
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private void talk() {
        try (Socket client = server.accept();
                var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
                OutputStream out = client.getOutputStream()) {
            answer(out, "220 here");
            boolean isData = false;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                said.add(line);
                if (isData && !line.equals(".")) {
                    continue;
                }
                isData = line.equals("DATA");
                answer(
                        out,
                        line.startsWith("EHLO")
                                ? "250-here\r\n" + offers
                                : isData
                                        ? "354 go on"
                                        : line.equals("QUIT")
                                                ? "221 bye"
                                                : line.contains("nobody") ? "550 no such user" : "250 ok");
            }
        } catch (IOException ended) {
            // The test is over.
        }
    }

    private static void answer(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private SmtpWay way(String... values) {
        Map<String, String> all = new HashMap<>(Map.of(
                "host",
                "127.0.0.1",
                "port",
                Integer.toString(server.getLocalPort()),
                "from",
                "Shoebox <nas@example.org>",
                "to",
                "anna@example.org, Ben <ben@example.org>"));
        for (int i = 0; i < values.length; i += 2) {
            all.put(values[i], values[i + 1]);
        }
        return new SmtpWay(new SecretFile(folder.resolve("smtp"), all), () -> Instant.parse("2026-03-01T12:00:00Z"));
    }

    @Test
    void aMessageReachesEveryAddress() throws IOException {
        way().send(ALARM);

        assertTrue(said.contains("MAIL FROM:<nas@example.org>"), said.toString());
        assertTrue(said.contains("RCPT TO:<anna@example.org>"), said.toString());
        assertTrue(said.contains("RCPT TO:<ben@example.org>"), said.toString());
        assertTrue(said.contains("From: Shoebox <nas@example.org>"), said.toString());
        assertTrue(said.contains("Date: Sun, 1 Mar 2026 12:00:00 +0000"), said.toString());
        assertEquals("QUIT", said.get(said.size() - 1));
    }

    @Test
    void noPasswordIsSentWithoutEncryption() {
        offers = "250 AUTH PLAIN LOGIN";

        IOException refused = assertThrows(IOException.class, () -> way("user", "anna", "password", "hunter2")
                .send(ALARM));

        assertTrue(refused.getMessage().contains("STARTTLS"), refused.getMessage());
        assertFalse(said.toString().contains("AUTH"), said.toString());
        assertFalse(refused.getMessage().contains("hunter2"));
    }

    @Test
    void theServersRefusalIsReported() {
        IOException refused = assertThrows(
                IOException.class, () -> way("to", "nobody@example.org").send(ALARM));

        assertTrue(refused.getMessage().contains("no such user"), refused.getMessage());
    }
}
