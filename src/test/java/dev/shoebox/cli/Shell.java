package dev.shoebox.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.InterruptHandler;
import dev.shoebox.cli.terminal.TerminalInfo;
import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The command line within the test, with a home folder and a clock of its own. */
public final class Shell {
    final Path home;
    final Map<String, String> environment = new HashMap<>();
    public Instant now = Instant.parse("2026-03-01T12:00:00Z");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    public Shell(Path home) {
        this.home = home;
        environment.put("HOME", home.toString());
        environment.put("XDG_STATE_HOME", home.resolve("state").toString());
        environment.put("XDG_CONFIG_HOME", home.resolve("config").toString());
    }

    private Shoebox process() {
        Console console = new Console(new PrintWriter(out), new PrintWriter(err), TerminalInfo.ofProcess(environment));
        return new Shoebox(console, new InterruptHandler(onSignal -> {}, () -> {}), () -> now, environment);
    }

    /** The command with all its commands, for looking at. */
    CommandLine commandLine() {
        return process().commandLine();
    }

    /** @return the exit code */
    public int shoebox(Object... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return process().run(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
    }

    public String out() {
        return out.toString();
    }

    public String err() {
        return err.toString();
    }

    public List<Map<String, Object>> json() throws IOException {
        List<Map<String, Object>> events = new ArrayList<>();
        for (String line : out.toString().lines().toList()) {
            events.add(JSON.std.mapFrom(line));
        }
        return events;
    }

    /** Those of {@link #json} that are called so. */
    public List<Map<String, Object>> events(String kind) throws IOException {
        return json().stream().filter(event -> kind.equals(event.get("event"))).toList();
    }

    /** A folder with these photos in it, each with a content of its own. */
    public Path card(String name, String... photos) throws IOException {
        Path card = Files.createDirectories(home.resolve(name));
        for (String photo : photos) {
            String comment = HexFormat.of().formatHex(photo.getBytes(StandardCharsets.UTF_8));
            Files.write(
                    card.resolve(photo),
                    HexFormat.of()
                            .parseHex("ffd8fffe" + "%04x".formatted(2 + comment.length() / 2) + comment
                                    + "ffc0000b080001000101011100ffda0008010100003f0000ffd9"));
        }
        return card;
    }
}
