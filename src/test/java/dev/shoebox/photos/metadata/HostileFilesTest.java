package dev.shoebox.photos.metadata;

import dev.shoebox.Hostile;
import dev.shoebox.Proof;
import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.metadata.field.MetadataBuilder;
import dev.shoebox.photos.naming.EscapedName;
import dev.shoebox.photos.sorting.AssetGrouping;
import dev.shoebox.photos.source.MediaFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

/** Randomly changed photos, films and names. */
@Tag(Proof.TAG)
@Tag("hostile")
class HostileFilesTest {
    /** Real files may be large; their metadata is near their ends. */
    private static final int LONGEST = 4 << 20;

    private final Hostile hostile = new Hostile();
    private final long began = System.nanoTime();

    private static List<byte[]> sound() throws IOException {
        List<byte[]> files = new ArrayList<>(Crafted.soundFiles());
        String samples = System.getenv("SHOEBOX_SAMPLES");
        if (samples != null) {
            try (Stream<Path> paths = Files.walk(Path.of(samples))) {
                for (Path path : paths.filter(Files::isRegularFile).sorted().toList()) {
                    if (Files.size(path) <= LONGEST) {
                        files.add(Files.readAllBytes(path));
                    }
                }
            }
        }
        return files;
    }

    @Test
    void aFileThatWasChangedAnywhereCostsItsFactsAtMost() throws IOException {
        List<byte[]> sound = sound();
        int cases = Proof.cases(3_000, 60_000);
        for (int i = 0; i < cases; i++) {
            byte[] bytes = i < sound.size() ? sound.get(i) : hostile.mutated(sound.get(i % sound.size()));
            hostile.assertBounded(
                    "file " + i % sound.size(),
                    () -> Metadata.parse(new Crafted.Counting(bytes), new MetadataBuilder(MetadataBuilder.Depth.DATE)));
        }
        int crafted = Crafted.soundFiles().size();
        String with = sound.size() > crafted ? " and of " + (sound.size() - crafted) + " sample files" : "";
        note("EXIF, HEIF, QuickTime, PNG, WebP and XMP files" + with + ", changed at random");
    }

    @Test
    void everyNameIsKeptAndGroupedAndReadForADate() {
        int cases = Proof.cases(2_000, 100_000);
        for (int i = 0; i < cases; i++) {
            byte[] name = hostile.name();
            hostile.assertBounded("name", () -> {
                String text = EscapedName.text(name);
                assertArrayEquals(name, EscapedName.bytes(text), text);
                MediaFile file =
                        new MediaFile("DCIM/100APPLE/" + text, 1, java.time.Instant.EPOCH, java.util.Optional.empty());
                CaptureTime.of(file);
                AssetGrouping.group(List.of(file));
            });
        }
        note("names of random bytes, kept, grouped and read for a date");
    }

    private void note(String what) {
        Proof.note("hostile", what, hostile.cases(), hostile.outcome(), Duration.ofNanos(System.nanoTime() - began));
    }
}
