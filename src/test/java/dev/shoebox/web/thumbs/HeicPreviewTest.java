package dev.shoebox.web.thumbs;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import javax.imageio.ImageIO;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Previews of HEICs: the embedded ones, and those that an external program makes, which may be anything. */
class HeicPreviewTest {
    private static final int PRIMARY = 7;
    private static final int THUMBNAIL = 9;

    @TempDir
    private Path folder;

    private static byte[] image(String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(32, 24, BufferedImage.TYPE_INT_RGB), format, bytes);
        return bytes.toByteArray();
    }

    private static byte[] box(String type, byte[]... parts) {
        int length = 8 + Arrays.stream(parts).mapToInt(part -> part.length).sum();
        ByteBuffer box = ByteBuffer.allocate(length).putInt(length);
        box.put(type.getBytes(StandardCharsets.US_ASCII));
        Arrays.stream(parts).forEach(box::put);
        return box.array();
    }

    private static byte[] shorts(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * values.length);
        Arrays.stream(values).forEach(value -> bytes.putShort((short) value));
        return bytes.array();
    }

    private static byte[] item(int id, String type) {
        return box("infe", shorts(0x0200, 0, id, 0), type.getBytes(StandardCharsets.US_ASCII), new byte[1]);
    }

    /** A HEIF file with a primary item and a thumbnail of a type. */
    private static byte[] heif(String type, byte[] thumbnail) {
        byte[] start = box("ftyp", "heic".getBytes(StandardCharsets.US_ASCII), new byte[4]);
        byte[] meta = new byte[0];
        int at = 0;
        // The position of the thumbnail depends on the length of the boxes, which does not change.
        for (int i = 0; i < 2; i++) {
            at = start.length + meta.length + 8;
            byte[] place =
                    ByteBuffer.allocate(8).putInt(at).putInt(thumbnail.length).array();
            byte[] iloc = box("iloc", shorts(0, 0, 0x4400, 1, THUMBNAIL, 0, 1), place);
            meta = box(
                    "meta",
                    new byte[4],
                    box("pitm", shorts(0, 0, PRIMARY)),
                    iloc,
                    box("iinf", shorts(0, 0, 2), item(PRIMARY, "hvc1"), item(THUMBNAIL, type)),
                    box("iref", shorts(0, 0), box("thmb", shorts(THUMBNAIL, 1, PRIMARY))));
        }
        byte[] data = box("mdat", thumbnail);
        return ByteBuffer.allocate(start.length + meta.length + data.length)
                .put(start)
                .put(meta)
                .put(data)
                .array();
    }

    private Optional<byte[]> preview(byte[] heif) throws IOException {
        Path file = Files.write(folder.resolve("photo.heic"), heif);
        try (FileChannel bytes = FileChannel.open(file)) {
            return HeicPreview.of(bytes);
        }
    }

    @Test
    void aThumbnailThatIsAJpegIsCutOut() throws IOException {
        byte[] jpeg = image("jpeg");
        assertArrayEquals(jpeg, preview(heif("jpeg", jpeg)).orElseThrow());
        assertTrue(preview(heif("hvc1", jpeg)).isEmpty());
        assertTrue(preview(heif("jpeg", image("png"))).isEmpty());
    }

    @Test
    void aTruncatedOrChangedFileYieldsNothingBeyondItself() throws IOException {
        byte[] whole = heif("jpeg", image("jpeg"));
        for (int length = 0; length < whole.length; length += 3) {
            assertTrue(preview(Arrays.copyOf(whole, length)).isEmpty());
        }
        Random random = new Random(11);
        for (int i = 0; i < 3000; i++) {
            byte[] broken = whole.clone();
            for (int j = 0; j < 3; j++) {
                broken[random.nextInt(220)] = (byte) random.nextInt(256);
            }
            assertTrue(preview(broken).map(bytes -> bytes.length).orElse(0) <= whole.length);
        }
    }

    private void program(String script) throws IOException {
        Path program = Files.writeString(folder.resolve("heif-thumbnailer"), "#!/bin/sh\n" + script + "\n");
        assertTrue(program.toFile().setExecutable(true));
    }

    private Optional<byte[]> decoded(String script) throws IOException {
        program(script);
        return new HeicDecoder(folder.toString(), Duration.ofSeconds(2)).decode(new byte[] {1, 2, 3});
    }

    @Test
    void aProgramThatMakesAPictureOfTheFileIsUsedAndLeavesNothing() throws IOException {
        Path png = Files.write(folder.resolve("made"), image("png"));
        assertArrayEquals(
                image("png"),
                decoded("cp " + png + " \"$4\"; pwd >" + folder + "/where").orElseThrow());
        assertTrue(Files.notExists(
                Path.of(Files.readString(folder.resolve("where")).strip())));
    }

    /** The real program, within its limits of memory and time. */
    @Test
    void realPhotosAreDecodedByLibheif() throws IOException {
        Path samples =
                Path.of(Optional.ofNullable(System.getenv("SHOEBOX_SAMPLES")).orElse("../shared/samples"));
        assumeTrue(Files.isDirectory(samples), "no samples at " + samples.toAbsolutePath() + "; set SHOEBOX_SAMPLES");
        HeicDecoder decoder = new HeicDecoder("/usr/bin");
        assertTrue(decoder.isThere(), "There is no heif-thumbnailer here; 'scripts/setup test' installs it.");
        try (Stream<Path> photos = Files.list(samples.resolve("photos"))) {
            List<Path> heics = photos.filter(
                            photo -> photo.toString().toLowerCase(Locale.ROOT).endsWith(".heic"))
                    .toList();
            assertFalse(heics.isEmpty());
            for (Path heic : heics) {
                byte[] png = decoder.decode(Files.readAllBytes(heic)).orElseThrow(() -> new AssertionError(heic));
                BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png));
                assertTrue(Math.max(picture.getWidth(), picture.getHeight()) >= 256, heic::toString);
            }
        }
    }

    @Test
    void aFailingProgramCostsOnlyItsTimeLimit() throws IOException {
        assertTrue(decoded("exit 1").isEmpty());
        assertTrue(decoded("exit 0").isEmpty());
        assertTrue(decoded("head -c 9000000 /dev/zero >\"$4\"").isEmpty());
        long began = System.nanoTime();
        assertTrue(decoded("exec sleep 60").isEmpty());
        assertTrue(System.nanoTime() - began < Duration.ofSeconds(30).toNanos());
    }

    @Test
    void withoutAProgramNothingIsDecoded() throws IOException {
        HeicDecoder none = new HeicDecoder(folder.toString());
        assertEquals(Optional.empty(), none.decode(new byte[] {1}));
    }
}
