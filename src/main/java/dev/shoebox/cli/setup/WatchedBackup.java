package dev.shoebox.cli.setup;

import dev.shoebox.cli.terminal.InterruptHandler;
import dev.shoebox.system.OperatingSystem;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A backup that {@code watch} started: a process of its own that can be asked to end. */
final class WatchedBackup {
    private static final Duration FAREWELL = Duration.ofSeconds(60);

    private final Process process;

    /** Windows ends a process at once, and tells it nothing before. */
    private final boolean endsWithInput;

    private WatchedBackup(Process process, boolean endsWithInput) {
        this.process = process;
        this.endsWithInput = endsWithInput;
    }

    /**
     * Starts it with the streams of this process, but for what it could read on Windows: where this process is ended there, the
     * backup ends as well.
     *
     * @param java the program
     * @param words what it is given
     * @param environment variables that it has in any case: a task of Windows has them in its words alone
     */
    static WatchedBackup start(OperatingSystem system, Path java, List<String> words, Map<String, String> environment)
            throws IOException {
        boolean endsWithInput = system == OperatingSystem.WINDOWS;
        List<String> command = new ArrayList<>(List.of(java.toString()));
        if (endsWithInput) {
            command.add("-D" + InterruptHandler.ENDS_WITH_INPUT + "=true");
        }
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().putAll(environment);
        if (endsWithInput) {
            builder.redirectInput(ProcessBuilder.Redirect.PIPE);
        }
        return new WatchedBackup(builder.start(), endsWithInput);
    }

    CompletableFuture<Integer> onExit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** Asks it to end, and waits until it has, for a minute at most. */
    void end() throws IOException, InterruptedException {
        if (endsWithInput) {
            process.getOutputStream().close();
        } else {
            process.destroy();
        }
        process.waitFor(FAREWELL.toSeconds(), TimeUnit.SECONDS);
    }
}
