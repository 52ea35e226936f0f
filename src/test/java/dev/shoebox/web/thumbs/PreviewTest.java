package dev.shoebox.web.thumbs;

import org.junit.jupiter.api.Test;

import javax.imageio.ImageIO;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Embedded previews, and pictures made to harm their decoder. */
class PreviewTest {
    private static byte[] jpeg(int width, int height) throws IOException {
        return image("jpeg", width, height);
    }

    private static byte[] image(String format, int width, int height) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), format, bytes);
        return bytes.toByteArray();
    }

    /** A JPEG with a preview and an orientation in its Exif part. */
    private static byte[] withPreview(byte[] photo, byte[] preview, int orientation) {
        ByteBuffer tiff = ByteBuffer.allocate(8 + 2 + 12 + 4 + 2 + 24 + 4 + preview.length);
        tiff.put((byte) 'M').put((byte) 'M').putShort((short) 42).putInt(8);
        tiff.putShort((short) 1).putShort((short) 0x0112).putShort((short) 3).putInt(1);
        tiff.putShort((short) orientation).putShort((short) 0).putInt(26);
        tiff.putShort((short) 2);
        tiff.putShort((short) 0x0201).putShort((short) 4).putInt(1).putInt(56);
        tiff.putShort((short) 0x0202).putShort((short) 4).putInt(1).putInt(preview.length);
        tiff.putInt(0).put(preview);
        ByteBuffer whole = ByteBuffer.allocate(photo.length + tiff.limit() + 10);
        whole.put(photo, 0, 2).putShort((short) 0xffe1).putShort((short) (tiff.limit() + 8));
        whole.put(new byte[] {'E', 'x', 'i', 'f', 0, 0}).put(tiff.array()).put(photo, 2, photo.length - 2);
        return whole.array();
    }

    @Test
    void thePreviewOfAPhotoIsFoundAndTurnedAsThePhotoIs() throws IOException {
        byte[] preview = jpeg(16, 12);
        assertArrayEquals(
                preview,
                EmbeddedPreview.inExif(withPreview(jpeg(640, 480), preview, 1)).orElseThrow());
        byte[] turned =
                EmbeddedPreview.inExif(withPreview(jpeg(640, 480), preview, 6)).orElseThrow();
        assertEquals(6, EmbeddedPreview.orientation(turned));
        assertEquals(16, ImageIO.read(new ByteArrayInputStream(turned)).getWidth());
    }

    @Test
    void aPhotoCutAnywhereAndWithAnyByteChangedGivesNoPreviewBeyondItself() throws IOException {
        byte[] whole = withPreview(jpeg(64, 48), jpeg(16, 12), 6);
        for (int length = 0; length < whole.length; length++) {
            EmbeddedPreview.inExif(Arrays.copyOf(whole, length));
        }
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            byte[] broken = whole.clone();
            for (int j = 0; j < 4; j++) {
                broken[random.nextInt(120)] = (byte) random.nextInt(256);
            }
            Optional<byte[]> found = EmbeddedPreview.inExif(broken);
            assertTrue(found.isEmpty() || found.get().length <= whole.length + 36);
            EmbeddedPreview.orientation(broken);
        }
    }

    @Test
    void theTypeOfAPictureFollowsItsContent() throws IOException {
        assertEquals(Optional.of(PictureType.JPEG), PictureType.of(jpeg(4, 4)));
        assertEquals(Optional.of(PictureType.PNG), PictureType.of(image("png", 4, 4)));
        assertTrue(PictureType.of("<html><script>".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .isEmpty());
        assertTrue(PictureType.of("<svg xmlns=".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .isEmpty());
        assertTrue(PictureType.of(new byte[0]).isEmpty());
    }

    @Test
    void aLargePictureIsScaledDownInAnotherProcess() throws IOException {
        try (Scaler scaler = new Scaler()) {
            byte[] small = scaler.scale(jpeg(4000, 3000)).orElseThrow();
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(small));
            assertEquals(384, image.getHeight());
            assertEquals(512, image.getWidth());
            byte[] turned =
                    scaler.scale(withPreview(jpeg(800, 600), jpeg(16, 12), 8)).orElseThrow();
            assertEquals(8, EmbeddedPreview.orientation(turned));
        }
    }

    /** A PNG of a few hundred bytes whose header promises 60,000 x 60,000 pixels. */
    private static byte[] bomb(int width, int height) throws IOException {
        byte[] png = image("png", 8, 8);
        ByteBuffer.wrap(png).putInt(16, width).putInt(20, height);
        java.util.zip.CRC32 sum = new java.util.zip.CRC32();
        sum.update(png, 12, 17);
        ByteBuffer.wrap(png).putInt(29, (int) sum.getValue());
        return png;
    }

    @Test
    void picturesThatPromiseTooMuchOrAreGarbageAreRefusedAndTheNextOneIsScaled() throws IOException {
        try (Scaler scaler = new Scaler(Duration.ofSeconds(10))) {
            assertTrue(scaler.scale(bomb(60_000, 60_000)).isEmpty());
            assertTrue(scaler.scale(bomb(1_000_000_000, 1)).isEmpty());
            assertTrue(scaler.scale(bomb(15_000, 15_000)).isEmpty());
            assertTrue(scaler.scale(new byte[0]).isEmpty());
            byte[] noise = new byte[100_000];
            new Random(5).nextBytes(noise);
            assertTrue(scaler.scale(noise).isEmpty());
            byte[] cut = jpeg(2000, 1500);
            scaler.scale(Arrays.copyOf(cut, cut.length / 2));
            assertTrue(scaler.scale(jpeg(1000, 800)).isPresent());
        }
    }

    @Test
    void aDecoderThatTakesTooLongIsStopped() throws IOException {
        try (Scaler impatient = new Scaler(Duration.ofMillis(1))) {
            assertTrue(impatient.scale(jpeg(3000, 2000)).isEmpty());
        }
    }
}
