package dev.shoebox.system.process;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program that is given a file which anybody may have made. It has a folder to itself and nothing of our environment but the
 * search path, hears and says nothing, and has some time. Where {@code prlimit} is there, it also has bounds on its memory and on
 * what it writes. Safe for use by several threads.
 */
public final class BoundedProgram {
    private static final int MOST_FILES = 64;

    private final List<String> before;
    private final Duration longest;

    /**
     * @param memory that it may have, in bytes
     * @param file the largest that it may write, in bytes
     * @param longest that it may run; of the processor it may have twice that
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
     * @param folder that it is in
     * @param command the program's file and what it is told
     * @return whether it ended well, and in time
     * @throws IOException if it does not start, or the calling thread is interrupted
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
