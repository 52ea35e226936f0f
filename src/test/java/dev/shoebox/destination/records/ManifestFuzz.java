package dev.shoebox.destination.records;

import dev.shoebox.destination.OneFileDisk;
import dev.shoebox.destination.disk.AppendOnlyLines;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The lines of a manifest. None leads out of the backup, nor to its own records. */
final class ManifestFuzz {
    private static final Path ROOT = Path.of("shoebox");

    private ManifestFuzz() {}

    static List<byte[]> seeds() {
        return Stream.of("2024/05/IMG_0001.HEIC", "../letter.txt", "/etc/passwd", ".shoebox/id", "a//b", "a/./b")
                .map(path -> (new Manifest("0A".repeat(32), path).line() + "\n").getBytes(UTF_8))
                .toList();
    }

    public static void fuzzerTestOneInput(byte[] bytes) {
        try {
            AppendOnlyLines.read(new OneFileDisk(bytes), Manifest.FILE, 0, (line, end) -> Manifest.parse(line)
                    .ifPresent(listed -> {
                        Path place = ROOT.resolve(listed.path()).normalize();
                        assertTrue(place.startsWith(ROOT) && !place.equals(ROOT), line);
                        assertTrue(!place.startsWith(ROOT.resolve(Identity.FOLDER)), line);
                        assertEquals(Optional.of(listed), Manifest.parse(listed.line()), line);
                    }));
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
