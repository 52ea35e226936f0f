package dev.shoebox.cli.browse;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code shoebox browse --no-open} in a separate process, with its own home. */
final class Browsed implements Closeable {
    private final Process process;
    private final BufferedReader out;
    private final Path err;
    private final String url;

    /** @param socket the address of usbmuxd */
    Browsed(Path home, String socket, Object... arguments) throws IOException {
        this(Map.of(), home, socket, arguments);
    }

    /** @param environment further variables */
    Browsed(Map<String, String> environment, Path home, String socket, Object... arguments) throws IOException {
        Files.createDirectories(home);
        List<String> command = new ArrayList<>(List.of(
                // A shell starts background jobs with SIGINT ignored, and their children inherit that.
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.shoebox.cli.Shoebox",
                "browse",
                "--no-open"));
        Arrays.stream(arguments).map(Object::toString).forEach(command::add);
        err = Files.createTempFile(home, "browse", ".err");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
        builder.environment().put("HOME", home.toString());
        builder.environment().put("USBMUXD_SOCKET_ADDRESS", socket);
        List.of("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "DISPLAY", "WAYLAND_DISPLAY")
                .forEach(builder.environment()::remove);
        builder.environment().putAll(environment);
        process = builder.start();
        out = process.inputReader(StandardCharsets.UTF_8);
        url = out.readLine();
        if (url == null) {
            throw new IOException("it said: " + Files.readString(err));
        }
    }

    String url() {
        return url;
    }

    /** Its peak memory so far, by proc(5). */
    long peakBytes() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseThrow();
    }

    /** Asks it to end, like Ctrl-C. */
    int interrupted() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new IOException("still running: " + Files.readString(err));
        }
        return process.exitValue();
    }

    /** The output after the URL. */
    String rest() throws IOException {
        StringBuilder rest = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            rest.append(line).append('\n');
        }
        return rest.toString();
    }

    String errors() throws IOException {
        return Files.readString(err);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        out.close();
    }
}
