package dev.shoebox.simulator.library;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.SplittableRandom;

/** Paints pictures. Computes each pixel, because headless computers lack fonts and graphics contexts. */
final class Painting {
    private static final int HILLS = 4;
    private static final float QUALITY = 0.88f;

    /** A letter has 3 by 5 dots: one octal digit for each row, from the top. */
    private static final String LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ- ";

    private static final int[] DOTS = {
        075557, 026227, 071747, 071717, 055711, 074717, 074757, 071111, 075757, 075717, 025755, 065656, 034443, 065556,
        074747, 074744, 034553, 055755, 072227, 011152, 055655, 044447, 057755, 065555, 025552, 065644, 025563, 065655,
        034216, 072222, 055557, 055552, 055775, 055255, 055222, 071247, 000700, 000000
    };

    private final int width;
    private final int height;
    private final int[] skyTop;
    private final int[] skyBottom;
    private final int[][] hillColors = new int[HILLS][];
    private final int[][] horizons;
    private final double sunX;
    private final double sunY;
    private final int grain;

    private Painting(long seed, int width, int height, double sunX) {
        this.width = width;
        this.height = height;
        this.sunX = sunX * width;
        SplittableRandom random = new SplittableRandom(seed);
        skyTop = color(random, 20, 110, 60, 150, 120, 230);
        skyBottom = color(random, 180, 255, 140, 220, 120, 230);
        sunY = height * random.nextDouble(0.15, 0.4);
        grain = random.nextInt();
        horizons = new int[HILLS][width];
        for (int hill = 0; hill < HILLS; hill++) {
            double near = (hill + 1.0) / HILLS;
            hillColors[hill] = color(random, 20, 120 - 20 * hill, 60, 160 - 20 * hill, 40, 170 - 35 * hill);
            double base = height * (0.4 + 0.5 * near * near);
            double waves = random.nextDouble(1, 3) * (2 - near);
            double phase = random.nextDouble(6.3);
            double swing = height * random.nextDouble(0.03, 0.09);
            for (int x = 0; x < width; x++) {
                double at = 6.283 * x / width;
                horizons[hill][x] =
                        (int) (base + swing * (Math.sin(waves * at + phase) + Math.sin(3.1 * waves * at) / 3));
            }
        }
    }

    private static int[] color(SplittableRandom random, int... ranges) {
        int[] color = new int[3];
        for (int i = 0; i < 3; i++) {
            color[i] = random.nextInt(ranges[2 * i], Math.max(ranges[2 * i] + 1, ranges[2 * i + 1]));
        }
        return color;
    }

    /**
     * Paints hills under a sky, as a JPEG.
     *
     * @param sunX the position of the sun, from 0 at the left to 1 at the right
     * @param caption Latin letters, digits and hyphens, written at the bottom
     */
    static byte[] landscape(long seed, int width, int height, double sunX, String caption) {
        BufferedImage image = new Painting(seed, width, height, sunX).paint();
        write(image, caption, width / 40, height - height / 16, Math.max(1, width / 360), 0xffffff);
        return jpeg(image);
    }

    private BufferedImage paint() {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                pixels[y * width + x] = pixel(x, y);
            }
        }
        return image;
    }

    private int pixel(int x, int y) {
        int noise = (((x * 73_856_093 ^ y * 19_349_663 ^ grain) * 1_664_525) >>> 28) - 8;
        for (int hill = HILLS - 1; hill >= 0; hill--) {
            if (y >= horizons[hill][x]) {
                int shade = noise * 2 - Math.min(40, (y - horizons[hill][x]) / 8);
                return rgb(hillColors[hill], hillColors[hill], 0, shade);
            }
        }
        double dx = x - sunX;
        double dy = y - sunY;
        double distance = Math.sqrt(dx * dx + dy * dy) / height;
        int glow = distance < 0.06 ? 200 : (int) (8 / (distance + 0.05));
        return rgb(skyTop, skyBottom, (double) y / height, glow + noise / 2);
    }

    private static int rgb(int[] from, int[] to, double share, int brighter) {
        int rgb = 0;
        for (int i = 0; i < 3; i++) {
            int value = (int) (from[i] + (to[i] - from[i]) * share) + brighter;
            rgb = rgb << 8 | Math.max(0, Math.min(255, value));
        }
        return rgb;
    }

    /** Paints a phone's list of messages, as a PNG. */
    static byte[] screenshot(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        fill(image, 0, 0, width, height, 0xf2f2f7);
        int row = height / 14;
        for (int i = 1; i < 13; i++) {
            int top = i * row + row / 8;
            fill(image, width / 24, top, width * 11 / 12, row * 3 / 4, 0xffffff);
            fill(image, width / 14, top + row / 8, row / 2, row / 2, 0x3478f6 + i * 0x0a1400);
            write(image, "MESSAGE " + i, width / 14 + row, top + row / 5, Math.max(1, width / 300), 0x222222);
        }
        write(image, "9-41", width / 14, row / 4, Math.max(1, width / 200), 0x000000);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", new MemoryCacheImageOutputStream(out));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void fill(BufferedImage image, int left, int top, int width, int height, int rgb) {
        for (int y = top; y < Math.min(top + height, image.getHeight()); y++) {
            for (int x = left; x < Math.min(left + width, image.getWidth()); x++) {
                image.setRGB(x, y, rgb);
            }
        }
    }

    private static void write(BufferedImage image, String text, int left, int top, int scale, int rgb) {
        int x = left;
        for (char letter : text.toUpperCase(Locale.ROOT).toCharArray()) {
            int dots = DOTS[Math.max(LETTERS.indexOf(letter), 0)];
            for (int dot = 0; dot < 15; dot++) {
                if ((dots >> (14 - dot) & 1) == 1) {
                    fill(image, x + dot % 3 * scale, top + dot / 3 * scale, scale, scale, rgb);
                }
            }
            x += 4 * scale;
        }
    }

    private static byte[] jpeg(BufferedImage image) {
        ImageWriter writer =
                ImageIO.getImageWriters(new ImageTypeSpecifier(image), "jpeg").next();
        ImageWriteParam quality = writer.getDefaultWriteParam();
        quality.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        quality.setCompressionQuality(QUALITY);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), quality);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }
}
