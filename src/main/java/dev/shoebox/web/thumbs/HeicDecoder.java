package dev.shoebox.web.thumbs;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Has {@code heif-thumbnailer} of libheif make a small picture of a HEIC, where that is installed: nothing here decodes HEVC.
 * The file is hostile: the program has a folder of its own with a copy of it, some seconds, and, where {@code prlimit} is there,
 * a bound on memory and on what it may write. What it makes is not trusted either. One picture at a time.
 */
public final class HeicDecoder {
    /** Larger files are not decoded. */
    public static final int LARGEST = 64 << 20;

    private static final String IN = "in.heic";
    private static final String OUT = "out.png";
    private static final long LARGEST_RESULT = 4 << 20;
    private static final List<String> BOUNDS =
            List.of("--as=1073741824", "--fsize=67108864", "--cpu=20", "--nofile=64");

    private final Optional<Path> program;
    private final Optional<Path> limiter;
    private final Duration longest;

    /** @param path of programs, as {@code PATH} has it */
    public HeicDecoder(String path) {
        this(find(path, "heif-thumbnailer"), find(path, "prlimit"), Duration.ofSeconds(10));
    }

    HeicDecoder(Optional<Path> program, Optional<Path> limiter, Duration longest) {
        this.program = program;
        this.limiter = limiter;
        this.longest = longest;
    }

    private static Optional<Path> find(String path, String name) {
        return Arrays.stream(path.split(File.pathSeparator, -1))
                .filter(folder -> folder.startsWith("/"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Whether there is one. */
    public boolean isThere() {
        return program.isPresent();
    }

    /**
     * A picture of a HEIC that still has to be scaled.
     *
     * @return empty where it cannot be made within bounds
     * @throws IOException if there is no room for it
     */
    public synchronized Optional<byte[]> decode(byte[] heic) throws IOException {
        if (program.isEmpty()) {
            return Optional.empty();
        }
        Path folder = Files.createTempDirectory("shoebox-heic");
        try {
            Files.write(folder.resolve(IN), heic);
            Path made = folder.resolve(OUT);
            return hasRun(folder) && Files.isRegularFile(made) && Files.size(made) <= LARGEST_RESULT
                    ? Optional.of(Files.readAllBytes(made))
                    : Optional.empty();
        } finally {
            Files.deleteIfExists(folder.resolve(IN));
            Files.deleteIfExists(folder.resolve(OUT));
            Files.deleteIfExists(folder);
        }
    }

    private boolean hasRun(Path folder) throws IOException {
        List<String> command = new ArrayList<>();
        limiter.ifPresent(limit -> {
            command.add(limit.toString());
            command.addAll(BOUNDS);
        });
        command.addAll(List.of(program.orElseThrow().toString(), "-s", "512", IN, OUT));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(folder.resolve(IN).toFile()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().retainAll(List.of("PATH"));
        Process process = builder.start();
        try {
            return process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS) && process.exitValue() == 0;
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new IOException("the page is closed", ended);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
