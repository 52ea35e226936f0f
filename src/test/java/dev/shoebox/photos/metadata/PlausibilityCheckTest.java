package dev.shoebox.photos.metadata;

import dev.shoebox.photos.format.Plausibility;
import dev.shoebox.photos.metadata.field.ByteChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

import static dev.shoebox.photos.metadata.Crafted.ascii;
import static dev.shoebox.photos.metadata.Crafted.box;
import static dev.shoebox.photos.metadata.Crafted.bytes;
import static dev.shoebox.photos.metadata.Crafted.chunk;
import static dev.shoebox.photos.metadata.Crafted.png;
import static dev.shoebox.photos.metadata.Crafted.riffChunk;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A truncated file is distinguished from a complete one, and an odd but complete one is not called truncated. */
class PlausibilityCheckTest {
    private static final int SIZE = 200;
    private static final int LARGE = 300_000;
    private final Random random = new Random(7);

    private static Plausibility of(byte[]... parts) throws IOException {
        return PlausibilityCheck.of(new ByteChannel(join(parts)));
    }

    private static void whole(byte[]... parts) throws IOException {
        assertEquals(Plausibility.PLAUSIBLE, of(parts));
    }

    private static void cut(byte[]... parts) throws IOException {
        assertEquals(Plausibility.TRUNCATED, of(parts));
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Stream.of(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }

    private static byte[] first(byte[] bytes, int count) {
        return Arrays.copyOf(bytes, count);
    }

    /** Of the same length, like a copy whose length was set before its bytes were written. */
    private static byte[] unfilled(byte[] bytes, int from) {
        byte[] copy = bytes.clone();
        Arrays.fill(copy, from, copy.length, (byte) 0);
        return copy;
    }

    private byte[] noise(int count) {
        byte[] noise = new byte[count];
        random.nextBytes(noise);
        noise[count - 1] = 1;
        return noise;
    }

    private byte[] photo(boolean colour, boolean progressive) throws IOException {
        BufferedImage image = new BufferedImage(
                SIZE + 3, SIZE + 5, colour ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_BYTE_GRAY);
        for (int x = 0; x < image.getWidth(); x++) {
            for (int y = 0; y < image.getHeight(); y++) {
                image.setRGB(x, y, random.nextInt());
            }
        }
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageWriteParam how = writer.getDefaultWriteParam();
        how.setProgressiveMode(progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
        try (var stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), how);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aJpegWithoutAnEndMarkerIsCompleteIfEveryBlockExists(boolean colour) throws IOException {
        byte[] photo = photo(colour, false);
        byte[] endless = first(photo, photo.length - 2);
        whole(photo);
        whole(endless);
        whole(endless, ascii("written by a panorama tool"));
        whole(photo, new byte[LARGE]);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aJpegWithMissingBlocksIsTruncatedWhereverItEnds(boolean colour) throws IOException {
        byte[] photo = photo(colour, false);
        for (int percent = 5; percent < 100; percent++) {
            cut(first(photo, photo.length * percent / 100));
            cut(unfilled(photo, photo.length * percent / 100));
        }
        cut(first(photo, photo.length - 40));
        cut(first(photo, photo.length / 4096 * 4096));
        cut(unfilled(photo, photo.length / 4096 * 4096));
    }

    @Test
    void aProgressiveJpegNeedsItsEnd() throws IOException {
        byte[] photo = photo(true, true);
        whole(photo);
        cut(first(photo, photo.length / 2));
        cut(unfilled(photo, photo.length / 2));
    }

    @Test
    void aPngThatWasNotFilledIsCut() throws IOException {
        byte[] png = png(chunk("IHDR", new byte[13]), chunk("IDAT", noise(LARGE)), chunk("IDAT", noise(LARGE)));
        byte[] whole = join(png, chunk("IEND", new byte[0]));
        whole(whole);
        cut(first(whole, LARGE));
        cut(unfilled(whole, LARGE));
        cut(unfilled(whole, LARGE + 500));
    }

    private byte[] heic(int offset, int length) {
        byte[] iloc = ByteBuffer.allocate(22)
                .putInt(0)
                .putShort((short) 0x4400)
                .putShort((short) 1)
                .putShort((short) 1)
                .putShort((short) 0)
                .putShort((short) 1)
                .putInt(offset)
                .putInt(length)
                .array();
        return join(box("ftyp", ascii("heic"), new byte[4]), box("meta", new byte[4], box("iloc", iloc)));
    }

    @Test
    void theItemsOfAHeicAreInTheFile() throws IOException {
        int head = heic(0, 0).length + 8;
        byte[] whole = join(heic(head, LARGE), box("mdat", noise(LARGE)));
        whole(whole);
        cut(first(whole, whole.length - 1));
        cut(first(whole, head - 8));
        cut(unfilled(whole, whole.length - (64 << 10)));
        byte[] small = join(heic(head, 8000), box("mdat", noise(8000)));
        cut(unfilled(small, small.length * 3 / 4));
        whole(unfilled(small, small.length - 500));
        byte[] toTheEnd = join(heic(head, LARGE), bytes(0, 0, 0, 0), ascii("mdat"), noise(LARGE));
        whole(toTheEnd);
        cut(first(toTheEnd, LARGE / 2));
    }

    private static byte[] moov(String sound, int chunk) {
        byte[] described = box(
                "stbl",
                box("stsd", new byte[7], bytes(1), box(sound, new byte[20])),
                box(
                        "stco",
                        new byte[7],
                        bytes(1),
                        ByteBuffer.allocate(4).putInt(chunk).array()));
        return box("moov", box("trak", box("mdia", box("minf", described))));
    }

    @Test
    void theSamplesOfAFilmAreInTheFile() throws IOException {
        byte[] type = box("ftyp", ascii("qt  "), new byte[4]);
        byte[] film = join(type, moov("mp4a", 200), box("mdat", noise(LARGE)));
        whole(film);
        cut(first(film, LARGE / 2));
        cut(unfilled(film, film.length - (64 << 10)));
        cut(unfilled(film, film.length / 2));
        cut(type);
        cut(type, moov("mp4a", 5000), box("free", new byte[9]));
        cut(type, box("mdat", noise(LARGE)));
        cut(unfilled(join(type, box("mdat", noise(LARGE)), moov("mp4a", 200)), LARGE / 2));
        whole(type, moov("mp4a", 200), box("mdat", noise(LARGE)), box("free", new byte[LARGE]));
        whole(type, box("mdat", noise(LARGE)), moov("mp4a", 200), new byte[LARGE]);
        byte[] silent = join(type, moov("sowt", 200), box("mdat", noise(LARGE)));
        whole(unfilled(silent, silent.length - (80 << 10)));
    }

    @Test
    void theChunksOfARiffAreInTheFile() throws IOException {
        byte[] avi = riff("AVI ", riffChunk("movi", noise(LARGE)));
        whole(avi);
        cut(first(avi, LARGE / 2));
        whole(avi, avi);
        cut(avi, first(avi, LARGE / 2));
        cut(first(riff("WAVE", riffChunk("data", noise(LARGE))), 5000));
        byte[] piped = avi.clone();
        Arrays.fill(piped, 4, 8, (byte) -1);
        whole(piped);
        byte[] webp = riff("WEBP", riffChunk("VP8 ", noise(LARGE)));
        whole(webp);
        cut(first(webp, LARGE / 2));
        cut(unfilled(webp, LARGE / 2));
    }

    private static byte[] riff(String form, byte[] chunk) {
        return join(
                ascii("RIFF"),
                ByteBuffer.allocate(4)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(chunk.length + 4)
                        .array(),
                ascii(form),
                chunk);
    }

    @Test
    void theElementsOfAMatroskaFilmAreInTheFile() throws IOException {
        byte[] head = join(bytes(0x1a, 0x45, 0xdf, 0xa3, 0x84), new byte[4]);
        byte[] sized = join(
                head,
                bytes(0x18, 0x53, 0x80, 0x67, 0x10 | LARGE >> 24, LARGE >> 16 & 0xff, LARGE >> 8 & 0xff, LARGE & 0xff));
        whole(sized, noise(LARGE));
        cut(sized, noise(LARGE / 2));
        whole(head, bytes(0x18, 0x53, 0x80, 0x67, 0xff), noise(LARGE / 2));
    }

    private static byte[] tiff(ByteOrder order, int strip, int length) {
        ByteBuffer tiff = ByteBuffer.allocate(38).order(order);
        tiff.put(ascii(order == ByteOrder.LITTLE_ENDIAN ? "II" : "MM"))
                .putShort((short) 42)
                .putInt(8);
        tiff.putShort((short) 2);
        tiff.putShort((short) 273).putShort((short) 4).putInt(1).putInt(strip);
        tiff.putShort((short) 279).putShort((short) 4).putInt(1).putInt(length);
        return tiff.putInt(0).array();
    }

    @Test
    void theStripsOfATiffOrRawLieInTheFile() throws IOException {
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            byte[] whole = join(tiff(order, 38, LARGE), noise(LARGE));
            whole(whole);
            cut(first(whole, LARGE));
            cut(first(whole, 30));
            cut(tiff(order, LARGE, 10));
        }
    }

    @Test
    void realPhotosAndFilmsAreWholeAndTheirFirstHalvesAreNot() throws IOException {
        Path photos = Path.of(
                        Optional.ofNullable(System.getenv("SHOEBOX_SAMPLES")).orElse("../shared/samples"))
                .resolve("photos");
        assumeTrue(Files.exists(photos), "no samples at " + photos.toAbsolutePath() + "; set SHOEBOX_SAMPLES");
        try (Stream<Path> all = Files.list(photos)) {
            for (Path photo : all.toList()) {
                byte[] bytes = Files.readAllBytes(photo);
                String name = photo.getFileName().toString().toLowerCase(Locale.ROOT);
                assertEquals(Plausibility.PLAUSIBLE, of(bytes), name);
                assertEquals(Plausibility.TRUNCATED, of(first(bytes, bytes.length / 2)), name);
                assertEquals(Plausibility.TRUNCATED, of(unfilled(bytes, bytes.length / 2)), name);
                if (name.endsWith(".jpg")) {
                    cut(first(bytes, bytes.length - bytes.length / 50));
                }
            }
        }
    }
}
