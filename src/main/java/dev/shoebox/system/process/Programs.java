package dev.shoebox.system.process;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds and runs programs of the system in an environment. */
public final class Programs {
    private final Map<String, String> environment;

    public Programs(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * The outcome of a program.
     *
     * @param output what it wrote to stdout and stderr, at most 64 KiB
     */
    public record Result(int code, String output) {}

    /** Returns the file of a program on the search path. */
    public Optional<Path> find(String name) {
        for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            for (String ending : List.of("", ".exe")) {
                try {
                    Path file = Path.of(folder, name + ending);
                    if (file.isAbsolute() && Files.isRegularFile(file) && Files.isExecutable(file)) {
                        return Optional.of(file);
                    }
                } catch (InvalidPathException none) {
                    break;
                }
            }
        }
        return Optional.empty();
    }

    /** Runs a program to its end; empty if it is missing or does not start. */
    public Optional<Result> run(List<String> command) {
        Optional<ProcessBuilder> builder = builder(command);
        if (builder.isEmpty()) {
            return Optional.empty();
        }
        try {
            Process process = builder.get().redirectErrorStream(true).start();
            process.getOutputStream().close();
            try (InputStream out = process.getInputStream()) {
                String output = new String(out.readNBytes(64 * 1024), Charset.defaultCharset());
                out.skip(Long.MAX_VALUE);
                return Optional.of(new Result(process.waitFor(), output.strip()));
            }
        } catch (IOException unable) {
            return Optional.empty();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Starts a program in the background and discards its output; empty if it is missing or does not start. */
    Optional<Process> start(List<String> command) {
        try {
            Optional<ProcessBuilder> builder = builder(command);
            return builder.isEmpty()
                    ? Optional.empty()
                    : Optional.of(builder.get()
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start());
        } catch (IOException unable) {
            return Optional.empty();
        }
    }

    private Optional<ProcessBuilder> builder(List<String> command) {
        return find(command.get(0)).map(program -> {
            List<String> words = new ArrayList<>(command);
            words.set(0, program.toString());
            ProcessBuilder builder = new ProcessBuilder(words);
            builder.environment().clear();
            builder.environment().putAll(environment);
            return builder;
        });
    }
}
