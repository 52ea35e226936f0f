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

/** A backup that {@code watch} started: a child process that can be asked to end. */
final class WatchedBackup {
    private static final Duration FAREWELL = Duration.ofSeconds(60);

    private final Process process;

    /** Windows kills a process without notice. */
    private final boolean endsWithInput;

    private WatchedBackup(Process process, boolean endsWithInput) {
        this.process = process;
        this.endsWithInput = endsWithInput;
    }

    /**
     * Starts it with the streams of this process. On Windows its input is a pipe: if this process is killed, the backup
     * ends as well.
     *
     * @param java the program
     * @param words its arguments
     * @param environment variables to set: a task on Windows has them as arguments only
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

    /** Asks it to end, and waits up to a minute for that. */
    void end() throws IOException, InterruptedException {
        if (endsWithInput) {
            process.getOutputStream().close();
        } else {
            process.destroy();
        }
        process.waitFor(FAREWELL.toSeconds(), TimeUnit.SECONDS);
    }
}
