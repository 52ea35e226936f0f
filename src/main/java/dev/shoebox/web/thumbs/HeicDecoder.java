package dev.shoebox.web.thumbs;

import dev.shoebox.system.process.BoundedProgram;
import dev.shoebox.system.process.BoundedProgram.Bounds;
import dev.shoebox.system.process.Programs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Has {@code heif-thumbnailer} of libheif make a small picture of a HEIC, where that is installed: nothing here decodes HEVC.
 * The file is hostile, so the program has bounds, and what it makes is not trusted either. One picture at a time.
 */
public final class HeicDecoder {
    /** Larger files are not decoded. */
    public static final int LARGEST = 64 << 20;

    private static final String PROGRAM = "heif-thumbnailer";
    private static final String IN = "in.heic";
    private static final String OUT = "out.png";
    private static final long LARGEST_RESULT = 4 << 20;
    private static final long MEMORY = 1 << 30;

    private final Programs programs;
    private final BoundedProgram bounded;

    /** @param path of programs, as {@code PATH} has it */
    public HeicDecoder(String path) {
        this(path, Duration.ofSeconds(10));
    }

    HeicDecoder(String path, Duration longest) {
        this.programs = new Programs(Map.of("PATH", path));
        this.bounded = new BoundedProgram(programs, new Bounds(MEMORY, LARGEST, longest));
    }

    /** Whether there is one. */
    public boolean isThere() {
        return programs.find(PROGRAM).isPresent();
    }

    /**
     * A picture of a HEIC that still has to be scaled.
     *
     * @return empty where it cannot be made within bounds
     * @throws IOException if there is no room for it, or the page is closed
     */
    public synchronized Optional<byte[]> decode(byte[] heic) throws IOException {
        Optional<Path> program = programs.find(PROGRAM);
        if (program.isEmpty()) {
            return Optional.empty();
        }
        Path folder = Files.createTempDirectory("shoebox-heic");
        try {
            Files.write(folder.resolve(IN), heic);
            Path made = folder.resolve(OUT);
            return bounded.run(folder, List.of(program.get().toString(), "-s", "512", IN, OUT))
                            && Files.isRegularFile(made)
                            && Files.size(made) <= LARGEST_RESULT
                    ? Optional.of(Files.readAllBytes(made))
                    : Optional.empty();
        } finally {
            Files.deleteIfExists(folder.resolve(IN));
            Files.deleteIfExists(folder.resolve(OUT));
            Files.deleteIfExists(folder);
        }
    }
}
