package dev.shoebox.folder;

import dev.shoebox.Hostile;
import dev.shoebox.Proof;
import dev.shoebox.folder.Packing.Format;
import dev.shoebox.photos.MediaSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import static dev.shoebox.folder.Packing.packed;
import static dev.shoebox.folder.Packing.random;

/** Archives of which parts were changed at random, listed and read from end to end. */
@Tag(Proof.TAG)
@Tag("hostile")
class HostileIndexTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void anArchiveThatWasChangedIsReadAsFarAsItGoes(Format format) throws IOException {
        long began = System.nanoTime();
        Hostile hostile = new Hostile();
        byte[] sound = packed(
                format,
                List.of(
                        Map.entry("DCIM/100APPLE/IMG_0001.JPG", random(900)),
                        Map.entry("DCIM/100APPLE/é.JPG", random(10)),
                        Map.entry("very/" + "long/".repeat(40) + "name.mov", random(2_000))));
        int cases = Proof.cases(150, 5_000);
        for (int i = 0; i < cases; i++) {
            Path archive = Files.write(folder.resolve("export"), hostile.mutated(sound));
            hostile.assertBounded(format.name(), () -> {
                try (MediaSource source = FolderSource.open(archive)) {
                    Drained.all(source);
                }
            });
        }
        Proof.note(
                "hostile",
                format + " archives, changed at random",
                hostile.cases(),
                hostile.outcome(),
                Duration.ofNanos(System.nanoTime() - began));
    }
}
