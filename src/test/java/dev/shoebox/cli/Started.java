package dev.shoebox.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.shoebox.TransportUnderTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The packaged command in a separate process, started as users and schedulers start it. */
final class Started implements AutoCloseable {
    static final Path SCRIPT = Path.of("scripts/shoebox").toAbsolutePath();

    private static final int LONGEST_SECONDS = 600;

    private final Process process;
    private final Path out;
    private final Path err;

    private Started(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** @param folder its working folder, also for temporary files */
    static Started shoebox(Path folder, Map<String, String> environment, Object... arguments) throws IOException {
        return start(SCRIPT, folder, environment, arguments);
    }

    static Started start(Path script, Path folder, Map<String, String> environment, Object... arguments)
            throws IOException {
        List<String> words = new ArrayList<>(List.of(script.toString()));
        for (Object argument : arguments) {
            words.add(argument.toString());
        }
        Path out = Files.createTempFile("shoebox", ".out");
        Path err = Files.createTempFile("shoebox", ".err");
        // A shell starts background jobs with SIGINT ignored, and their children inherit that.
        words.addAll(0, List.of("env", "--default-signal=INT,QUIT,TERM"));
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("XDG_STATE_HOME", folder.resolve(".state").toString());
        TransportUnderTest.into(builder.environment());
        builder.environment().putAll(environment);
        return new Started(builder.start(), out, err);
    }

    /** Sends a signal by its name, like {@code kill}. */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    Started ended() throws IOException, InterruptedException {
        if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("still running; it printed: " + out() + err());
        }
        return this;
    }

    /** A fact about a run that is visible from outside. */
    interface Sight {
        boolean isSeen() throws IOException;
    }

    /** Waits until a line on stdout or stderr contains the text. */
    Started said(String text) throws IOException, InterruptedException {
        return until(() -> out().contains(text) || err().contains(text));
    }

    Started until(Sight sight) throws IOException, InterruptedException {
        for (int tries = 0; tries < LONGEST_SECONDS * 50; tries++) {
            if (sight.isSeen()) {
                return this;
            }
            if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
                break;
            }
        }
        if (sight.isSeen()) {
            return this;
        }
        throw new AssertionError("never came to that, but said: " + out() + err());
    }

    CompletableFuture<?> onEnd() {
        return process.onExit();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    int code() {
        return process.exitValue();
    }

    String out() throws IOException {
        return Files.readString(out);
    }

    String err() throws IOException {
        return Files.readString(err);
    }

    List<Map<String, Object>> json() throws IOException {
        List<Map<String, Object>> events = new ArrayList<>();
        for (String line : out().lines().toList()) {
            events.add(JSON.std.mapFrom(line));
        }
        return events;
    }

    Map<String, Object> lastJson() throws IOException {
        List<Map<String, Object>> events = json();
        return events.get(events.size() - 1);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(out);
        Files.deleteIfExists(err);
    }
}
