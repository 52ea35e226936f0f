package dev.shoebox.system.process;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs a program on an untrusted file. It gets a folder of its own, only the search path of our environment, no input
 * or output, and a time limit. If {@code prlimit} is installed, its memory and output files are limited, too.
 * Thread-safe.
 */
public final class BoundedProgram {
    private static final int MOST_FILES = 64;

    private final List<String> before;
    private final Duration longest;

    /**
     * Limits.
     *
     * @param memory the maximum memory, in bytes
     * @param file the maximum size of a file that it writes, in bytes
     * @param longest the maximum run time; it may use twice as much processor time
     */
    public record Bounds(long memory, long file, Duration longest) {}

    public BoundedProgram(Programs programs, Bounds bounds) {
        this.longest = bounds.longest();
        this.before = programs.find("prlimit")
                .map(limiter -> List.of(
                        limiter.toString(),
                        "--as=" + bounds.memory(),
                        "--fsize=" + bounds.file(),
                        "--cpu=" + 2 * bounds.longest().toSeconds(),
                        "--nofile=" + MOST_FILES))
                .orElse(List.of());
    }

    /**
     * Runs it to its end.
     *
     * @param folder its working directory
     * @param command the program's file and its arguments
     * @return whether it succeeded in time
     * @throws IOException if it does not start, or the thread is interrupted
     */
    public boolean run(Path folder, List<String> command) throws IOException {
        List<String> words = new ArrayList<>(before);
        words.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD);
        builder.environment().keySet().retainAll(List.of("PATH"));
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            return process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS) && process.exitValue() == 0;
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", ended);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
