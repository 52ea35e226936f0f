package dev.shoebox.photos.metadata;

import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.metadata.field.MediaFacts;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Real iPhone photos, compared with the results of an independent reader. */
class SamplesTest {
    private static final Path SAMPLES =
            Path.of(Optional.ofNullable(System.getenv("SHOEBOX_SAMPLES")).orElse("../shared/samples"));

    @BeforeAll
    static void samplesAreHere() {
        assumeTrue(
                Files.isRegularFile(SAMPLES.resolve("expected.csv")),
                "no samples at " + SAMPLES.toAbsolutePath() + "; set SHOEBOX_SAMPLES to test real photos");
    }

    private static List<Path> files(String folder) throws IOException {
        try (var files = Files.list(SAMPLES.resolve(folder))) {
            return files.sorted().toList();
        }
    }

    @Test
    void realPhotosMatchAnIndependentReader() throws IOException {
        List<String> lines = Files.readAllLines(SAMPLES.resolve("expected.csv"));
        assertTrue(lines.size() > 10);
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(",", -1);
            try (var channel = FileChannel.open(SAMPLES.resolve(fields[0]))) {
                MediaFacts facts = Metadata.read(channel);
                assertEquals(
                        text(fields[1]).map(LocalDateTime::parse),
                        facts.captured().map(CaptureTime::local),
                        line);
                assertEquals(
                        text(fields[2]).map(ZoneOffset::of), facts.captured().flatMap(CaptureTime::offset), line);
                assertEquals(text(fields[3]), facts.cameraMake(), line);
                assertEquals(text(fields[4]), facts.cameraModel(), line);
            }
        }
    }

    @Test
    void theHalvesOfALivePhotoAreTiedByApplesNote() throws IOException {
        try (var channel = FileChannel.open(SAMPLES.resolve("photos/IMG_2927.HEIC"))) {
            assertEquals(
                    Optional.of("1745E022-9712-43C7-B024-F308EC6413CB"),
                    Metadata.read(channel).contentIdentifier());
        }
    }

    @Test
    void noSampleCostsMoreThanAFewReads() throws IOException {
        for (Path file : files("photos")) {
            var channel = new Crafted.Counting(Files.readAllBytes(file));
            Metadata.read(channel);
            assertTrue(channel.bytesRead() <= 64 << 10, file + ": " + channel.bytesRead());
        }
    }

    @Test
    void damagedPhotosCostTheirFactsOnly() throws IOException {
        assertEquals(6, files("broken").size());
        for (Path file : files("broken")) {
            try (var channel = FileChannel.open(file)) {
                assertBounded(channel, file.toString());
            }
        }
    }

    @Test
    void aPhotoCutOrFlippedAnywhereCostsItsFactsOnly() throws IOException {
        Random random = new Random(20230115);
        List<Path> all = new ArrayList<>(files("photos"));
        all.addAll(files("broken"));
        for (Path file : all) {
            byte[] whole = Files.readAllBytes(file);
            for (int i = 0; i < 150; i++) {
                int head = Math.min(whole.length, i % 2 == 0 ? 8_000 : whole.length);
                byte[] cut = Arrays.copyOf(whole, random.nextInt(head));
                assertBounded(new Crafted.Counting(cut), file + " cut at " + cut.length);

                byte[] flipped = whole.clone();
                for (int flips = 1 + random.nextInt(8); flips > 0; flips--) {
                    flipped[random.nextInt(head)] ^= (byte) (1 << random.nextInt(8));
                }
                assertBounded(new Crafted.Counting(flipped), file + " flipped, round " + i);
            }
        }
    }

    private static void assertBounded(SeekableByteChannel channel, String what) throws IOException {
        HostileBytesTest.assertBounded(channel, what);
        channel.position(0);
        channel.read(ByteBuffer.allocate(1));
    }

    private static Optional<String> text(String field) {
        return Optional.of(field).filter(f -> !f.isEmpty());
    }
}
