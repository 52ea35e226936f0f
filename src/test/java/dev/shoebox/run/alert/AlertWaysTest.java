package dev.shoebox.run.alert;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.net.httpserver.HttpServer;
import dev.shoebox.LoopbackServer;
import dev.shoebox.history.RunEnding;
import dev.shoebox.history.RunRecord;
import dev.shoebox.history.RunResult;
import dev.shoebox.run.record.Notices;
import dev.shoebox.system.OperatingSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Each channel delivers its text unchanged, and shows its secret nowhere else. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AlertWaysTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String TITLE = "No backup of Käthe's iPhone – 9 days 😀";

    @TempDir
    private Path folder;

    private HttpServer web;
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<String> bodies = Collections.synchronizedList(new ArrayList<>());
    private final List<String> warned = new ArrayList<>();
    private int answer = 200;

    @BeforeEach
    void serve() throws IOException {
        web = LoopbackServer.create();
        web.createContext("/", exchange -> {
            requests.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(answer, -1);
            exchange.close();
        });
        web.start();
    }

    @AfterEach
    void stop() {
        web.stop(0);
    }

    private String address() {
        return "http://127.0.0.1:" + web.getAddress().getPort();
    }

    private Path secret(String name, String... lines) throws IOException {
        Path file = Files.write(folder.resolve(name), List.of(lines));
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private Alerts alerts(String... ways) {
        var known = new AlertWays(OperatingSystem.LINUX, Map.of("PATH", folder + ":/usr/bin:/bin"), folder, () -> NOW);
        return new Alerts(Notices.NONE, known, () -> List.of(ways), warned::add);
    }

    private static RunRecord run(int exitCode) {
        return new RunRecord(new RunRecord.Start("run", RunRecord.Kind.BACKUP, "/media/me/Photos", true, NOW))
                .endedWith(new RunRecord.Ending(NOW, RunEnding.of(exitCode).orElseThrow(), Optional.of("why it ended")))
                .withResult(RunResult.of(new RunResult.Counts(10, 1, 0, 0, 0, 0), RunResult.Traffic.NONE));
    }

    @Test
    void ntfyIsGivenTheTopicAndEveryLetterOfTheTitle() throws IOException {
        Path file = secret("ntfy", "# my topic", "url = " + address() + "/photos-7f3a", "token = tk_secret");

        alerts("ntfy:" + file).tell(TITLE, "why");

        assertEquals(List.of(), warned);
        assertEquals(List.of("/ Bearer tk_secret"), requests);
        Map<String, Object> message = JSON.std.mapFrom(bodies.get(0));
        assertEquals("photos-7f3a", message.get("topic"));
        assertEquals(TITLE, message.get("title"));
        assertEquals("why", message.get("message"));
    }

    @Test
    void aPingReportsEveryStartAndEndAndNothingElse() throws IOException {
        Alerts alerts = alerts("ping:" + secret("ping", "url = " + address() + "/uuid"));

        alerts.begins();
        alerts.ended(run(0));
        alerts.begins();
        alerts.ended(run(14));
        alerts.ended(run(75));
        alerts.tell(TITLE, "why");

        assertEquals(List.of("/uuid/start null", "/uuid null", "/uuid/start null", "/uuid/fail null"), requests);
        assertTrue(bodies.get(3).contains("why it ended"), bodies.get(3));
    }

    @Test
    void aFailingChannelIsReportedWithoutItsSecret() throws IOException {
        Path file = secret("ntfy", "url = " + address() + "/photos-7f3a");
        answer = 403;
        alerts("ntfy:" + file).tell(TITLE, "why");
        web.stop(0);
        alerts("ntfy:" + file).tell(TITLE, "why");

        assertEquals(2, warned.size(), warned.toString());
        assertTrue(warned.get(0).contains("403"), warned.get(0));
        assertFalse(warned.toString().contains("7f3a"), warned.toString());
    }

    @Test
    void aFileThatOthersMayReadHoldsNoSecret() throws IOException {
        Path file = secret("ntfy", "url = " + address() + "/photos-7f3a");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        alerts("ntfy:" + file, "ping:" + folder.resolve("none")).tell(TITLE, "why");

        assertTrue(warned.get(0).contains("chmod 600"), warned.toString());
        assertEquals(List.of(), requests);
    }

    @Test
    void aCommandReadsTheTextAndFindsTheTitle() throws IOException {
        Path told = folder.resolve("told");
        String command = "printf '%s|%s|' \"$SHOEBOX_EVENT\" \"$SHOEBOX_TITLE\" >>'" + told + "'; cat >>'" + told + "'";

        Alerts alerts = alerts("command:" + command);
        alerts.tell("a $(touch /tmp/no) \"title\"", "the text\n");
        alerts.over("over", "it is\n");
        alerts.begins();

        assertEquals("alarm|a $(touch /tmp/no) \"title\"|the text\nover|over|it is\n", Files.readString(told));
        alerts("command:exit 3").tell(TITLE, "why");
        assertTrue(warned.get(0).contains("ended with 3"), warned.toString());
    }

    private static String subject(String mail) {
        StringBuilder subject = new StringBuilder();
        String head = mail.substring(mail.indexOf("Subject: ") + 9, mail.indexOf("\nDate:"));
        for (String word : head.split("\\s+", -1)) {
            assertTrue(word.length() <= 75, word);
            String base64 = word.replaceAll("^=\\?utf-8\\?B\\?|\\?=$", "");
            subject.append(new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8));
        }
        return subject.toString();
    }

    @Test
    void mailGoesThroughTheSystemsOwn() throws IOException {
        Path mail = folder.resolve("mail");
        Path program = Files.writeString(
                folder.resolve("sendmail"), "#!/bin/sh\n[ \"$*\" = '-t -i' ] && cat >'" + mail + "'\n");
        assertTrue(program.toFile().setExecutable(true));

        alerts("mail:anna@example.org").tell(TITLE + "\nBcc: mallory@example.org", "why\n.\nline");

        assertEquals(List.of(), warned);
        String sent = Files.readString(mail);
        assertTrue(sent.startsWith("To: anna@example.org\n"), sent);
        assertFalse(sent.contains("\nBcc:"), sent);
        assertEquals(TITLE + " Bcc: mallory@example.org", subject(sent));
        String body = sent.substring(sent.indexOf("\n\n")).strip();
        assertEquals("why\n.\nline\n", new String(Base64.getMimeDecoder().decode(body), StandardCharsets.UTF_8));
    }

    @Test
    void aTestUsesEachChannelAndReportsItsResult() throws IOException {
        List<Alerts.Tried> tried = alerts("ping:" + secret("ping", "url = " + address() + "/uuid"), "command:exit 3")
                .test();

        assertEquals(
                List.of("ping", "command"),
                tried.stream().map(Alerts.Tried::way).toList());
        assertEquals(Optional.empty(), tried.get(0).failure());
        assertTrue(tried.get(1).failure().isPresent());
        assertEquals(List.of("/uuid/log null"), requests);
    }

    @Test
    void anInvalidChannelIsRefusedWhereItIsWritten() {
        assertEquals(Optional.empty(), AlertWays.complaint("mail:anna@example.org"));
        for (String none : List.of("anna@example.org", "mail:", "https://ntfy.sh/topic", "")) {
            assertTrue(AlertWays.complaint(none).isPresent(), none);
        }
    }
}
