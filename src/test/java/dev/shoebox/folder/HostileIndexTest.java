package dev.shoebox.folder;

import dev.shoebox.Hostile;
import dev.shoebox.Proof;
import dev.shoebox.folder.Packing.Format;
import dev.shoebox.photos.source.MediaSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import static dev.shoebox.folder.Packing.packed;

/** Randomly changed archives, listed and read from end to end. */
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
        byte[] sound = packed(format, Packing.FILES);
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
