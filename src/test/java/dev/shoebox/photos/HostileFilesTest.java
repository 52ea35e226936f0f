package dev.shoebox.photos;

import dev.shoebox.Hostile;
import dev.shoebox.Proof;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static dev.shoebox.photos.Crafted.ascii;
import static dev.shoebox.photos.Crafted.box;
import static dev.shoebox.photos.Crafted.chunk;
import static dev.shoebox.photos.Crafted.concat;
import static dev.shoebox.photos.Crafted.exifSegment;
import static dev.shoebox.photos.Crafted.heif;
import static dev.shoebox.photos.Crafted.jpeg;
import static dev.shoebox.photos.Crafted.keys;
import static dev.shoebox.photos.Crafted.movieHeader;
import static dev.shoebox.photos.Crafted.png;
import static dev.shoebox.photos.Crafted.riffChunk;
import static dev.shoebox.photos.Crafted.segment;
import static dev.shoebox.photos.Crafted.tiff;
import static dev.shoebox.photos.Crafted.webp;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

/** Photos, films and names of which parts were changed at random. */
@Tag(Proof.TAG)
@Tag("hostile")
class HostileFilesTest {
    /** Real files may be large; what they say of themselves is at their ends. */
    private static final int LONGEST = 4 << 20;

    private final Hostile hostile = new Hostile();
    private final long began = System.nanoTime();

    private static List<byte[]> sound() throws IOException {
        byte[] exif = tiff().make("Apple", "iPhone")
                .original("2021:06:05 12:34:56")
                .appleNote("AB")
                .build();
        byte[] xmp = concat(ascii("http://ns.adobe.com/xap/1.0/\0<x xmp:CreateDate='2021-01-01'/>"));
        List<byte[]> files = new ArrayList<>(List.of(
                exif,
                jpeg(exifSegment(exif), segment(xmp)),
                heif("heic", exif),
                png(chunk("eXIf", exif), chunk("tEXt", ascii("Creation Time\0002021:06:05 12:34:56"))),
                webp(riffChunk("EXIF", exif)),
                concat(
                        box("ftyp", ascii("qt  ")),
                        box("moov", movieHeader(3_600_000_000L), keys("com.apple.quicktime.make", "Apple")))));
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
                    "file " + i % sound.size(), () -> Metadata.parse(new Crafted.Counting(bytes), new Findings()));
        }
        String with = sound.size() > 6 ? " and of " + (sound.size() - 6) + " sample files" : "";
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
                CaptureTime.of(file, MediaFacts.NONE);
                Grouping.group(List.of(file));
            });
        }
        note("names of random bytes, kept, grouped and read for a date");
    }

    private void note(String what) {
        Proof.note("hostile", what, hostile.cases(), hostile.outcome(), Duration.ofNanos(System.nanoTime() - began));
    }
}
