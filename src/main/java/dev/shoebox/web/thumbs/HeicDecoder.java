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
 * Makes small pictures of HEICs with {@code heif-thumbnailer} of libheif, if that is installed: this project does not
 * decode HEVC. The file is hostile, so the program runs within limits, and its output is not trusted either. Decodes
 * one picture at a time.
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

    /** @param path the search path for programs, in the format of {@code PATH} */
    public HeicDecoder(String path) {
        this(path, Duration.ofSeconds(10));
    }

    HeicDecoder(String path, Duration longest) {
        this.programs = new Programs(Map.of("PATH", path));
        this.bounded = new BoundedProgram(programs, new Bounds(MEMORY, LARGEST, longest));
    }

    /** Returns whether the program is installed. */
    public boolean isThere() {
        return programs.find(PROGRAM).isPresent();
    }

    /**
     * Decodes a HEIC to a picture that still has to be scaled.
     *
     * @return empty if that is impossible within the limits
     * @throws IOException if the disk is full, or the page is closed
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
