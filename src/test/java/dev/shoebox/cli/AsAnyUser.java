package dev.shoebox.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.shoebox.TransportUnderTest;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Runs commands, one after another, in one process that has the rights of any user. Root may read everything; without
 * two capabilities, it cannot.
 */
final class AsAnyUser implements Closeable {
    static final boolean IS_ROOT = "root".equals(System.getProperty("user.name"));

    private final Process process;
    private final BufferedReader answers;

    /** With the configuration and the records in this folder. */
    AsAnyUser(Path home) throws IOException {
        assumeTrue(
                !IS_ROOT || Files.exists(Path.of("/usr/bin/setpriv")),
                "no setpriv: root cannot be kept from reading here");
        List<String> words = new ArrayList<>();
        if (IS_ROOT) {
            words.addAll(List.of("setpriv", "--bounding-set", "-dac_override,-dac_read_search"));
        }
        words.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-D" + TransportUnderTest.PROPERTY + "=" + System.getProperty(TransportUnderTest.PROPERTY, "native"),
                "-cp",
                System.getProperty("java.class.path"),
                AsAnyUser.class.getName(),
                home.toString()));
        process = new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Runs each line of arguments on stdin, and answers with a line. */
    public static void main(String[] home) throws IOException {
        Shell shell = new Shell(Path.of(home[0]));
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Map<String, Object> asked = JSON.std.mapFrom(line);
            Shell.connectTo((String) asked.get("mux"));
            shell.at(Instant.now());
            int code = shell.shoebox(((List<?>) asked.get("words")).toArray());
            System.out.println(JSON.std.asString(Map.of("code", code, "out", shell.out(), "err", shell.err())));
        }
    }

    /** How a command ended. */
    record Ended(int code, String out, String err) {}

    /** The objects of this kind in the output of a command. */
    static List<Map<String, Object>> events(String out, String kind) throws IOException {
        List<Map<String, Object>> events = new ArrayList<>();
        for (String line : out.lines().toList()) {
            events.add(JSON.std.mapFrom(line));
        }
        return events.stream().filter(event -> kind.equals(event.get("event"))).toList();
    }

    /** @param mux the address of usbmuxd */
    Ended shoebox(String mux, Object... arguments) throws IOException {
        List<String> words = Stream.of(arguments).map(Object::toString).toList();
        String question = JSON.std.asString(Map.of("mux", mux, "words", words)) + "\n";
        process.getOutputStream().write(question.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("it ended without an answer to " + question);
        }
        Map<String, Object> said = JSON.std.mapFrom(answer);
        return new Ended((int) said.get("code"), (String) said.get("out"), (String) said.get("err"));
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        answers.close();
    }
}
