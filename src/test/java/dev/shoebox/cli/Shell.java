package dev.shoebox.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.jna.Library;
import com.sun.jna.Native;
import dev.shoebox.TransportUnderTest;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.InterruptHandler;
import dev.shoebox.cli.terminal.TerminalInfo;
import dev.shoebox.run.Surroundings;
import dev.shoebox.run.record.Notices;
import picocli.CommandLine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Runs commands in the process of the test, with a home folder, an environment and a clock of its own. {@link Started}
 * starts a separate process, which takes ten times as long.
 */
public final class Shell {
    private interface CRuntime extends Library {
        int setenv(String name, String value, int overwrite);
    }

    /** The exit code of a command, with all its output: stdout, then stderr. */
    public record Ended(int code, String words) {}

    private static Optional<String> daemon = Optional.empty();

    final Path home;
    public final Map<String, String> environment = new HashMap<>();
    public Instant now = Instant.parse("2026-03-01T12:00:00Z");

    private InstantSource clock = () -> now;
    private String stdin = "";
    private Consumer<Runnable> signals = onSignal -> {};
    private Optional<Supplier<Surroundings>> around = Optional.empty();
    private final StringWriter out = new StringWriter();
    private Consumer<String> reader = text -> {};
    private final StringWriter err = new StringWriter() {
        @Override
        public void write(String text, int from, int length) {
            super.write(text, from, length);
            reader.accept(text);
        }
    };

    /** With a clock that stands still until {@link #now} is set. */
    public Shell(Path home) {
        this.home = home;
        environment.put("HOME", home.toString());
        environment.put("XDG_STATE_HOME", home.resolve("state").toString());
        environment.put("XDG_CONFIG_HOME", home.resolve("config").toString());
    }

    /** The usual environment: only {@code HOME} is set, and the clock is the computer's. */
    public static Shell plain(Path home) {
        Shell shell = new Shell(home);
        shell.environment.keySet().retainAll(Set.of("HOME"));
        shell.clock = InstantSource.system();
        return shell;
    }

    /** Like {@link Started}: both are runs of one computer. */
    public static Shell besideStarted(Path home) {
        Shell shell = plain(home);
        shell.environment.put("XDG_STATE_HOME", home.resolve(".state").toString());
        return shell;
    }

    /** Runs one command, {@link #besideStarted}. */
    public static Ended once(Path home, Object... arguments) {
        Shell shell = besideStarted(home);
        int code = shell.shoebox(arguments);
        return new Ended(code, shell.out() + shell.err());
    }

    /** Where the following commands of this process find phones. */
    public static void connectTo(String address) {
        daemon = Optional.of(address);
        Native.load("c", CRuntime.class).setenv("USBMUXD_SOCKET_ADDRESS", address, 1);
    }

    /** With the transport under test, and the address of the phones. */
    private Map<String, String> environment() {
        Map<String, String> all = new HashMap<>(environment);
        TransportUnderTest.into(all);
        daemon.ifPresent(address -> all.putIfAbsent("USBMUXD_SOCKET_ADDRESS", address));
        return all;
    }

    /** With a clock that stands still, like {@link #Shell}. */
    public Shell at(Instant instant) {
        now = instant;
        clock = () -> now;
        return this;
    }

    /** With a clock that does something each time that it is read, between two steps of a command. */
    Shell ticking(Runnable step) {
        clock = () -> {
            step.run();
            return now;
        };
        return this;
    }

    /**
     * On a computer with no mounted drive.
     *
     * @param supplies the folder in which its system lists batteries
     */
    public Shell meeting(Notices notices, Path supplies) {
        around = Optional.of(() -> new Surroundings(clock, notices, environment, supplies, List.of()));
        return this;
    }

    /** What a user types while the following commands run. */
    public Shell typing(String answers) {
        stdin = answers;
        return this;
    }

    /** Passes on the action that the process registers for Ctrl-C. */
    Shell interruptible(Consumer<Runnable> registration) {
        signals = registration;
        return this;
    }

    /** Passes on what commands write to stderr, in the thread that writes it. */
    Shell read(Consumer<String> text) {
        reader = text;
        return this;
    }

    private Shoebox process() {
        Console console = new Console(new PrintWriter(out), new PrintWriter(err), TerminalInfo.ofProcess(environment));
        InterruptHandler interrupts = new InterruptHandler(signals, () -> {});
        return around.isPresent()
                ? new Shoebox(console, interrupts, clock, environment(), around.get())
                : new Shoebox(console, interrupts, clock, environment());
    }

    /** The command with all its sub-commands, for inspection. */
    CommandLine commandLine() {
        return process().commandLine();
    }

    /** @return the exit code */
    public int shoebox(Object... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)));
        try {
            return process().run(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
        } finally {
            System.setIn(before);
        }
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

    /** The objects of {@link #json} of this kind. */
    public List<Map<String, Object>> events(String kind) throws IOException {
        return json().stream().filter(event -> kind.equals(event.get("event"))).toList();
    }

    /** A folder with these photos, each with a content of its own. */
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
