package dev.shoebox.web.thumbs;

import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.Iterator;

/**
 * The program that decodes pictures. It has no file open, reads bytes from stdin, and writes a small JPEG to stdout. A
 * malicious picture can break this process and nothing else.
 */
public final class ScaleProgram {
    /**
     * Phones and cameras take up to 200 million pixels. A large picture is decoded in steps and never is in memory as a
     * whole.
     */
    private static final long MOST_PIXELS = 250_000_000;

    private static final int LONGEST_SIDE = 60_000;
    private static final int WANTED = 384;

    private ScaleProgram() {}

    /** Answers one picture after another, each as its length and its bytes. A length of 0 says that there is none. */
    public static void main(String[] arguments) throws IOException {
        ImageIO.setUseCache(false);
        try (DataInputStream in = new DataInputStream(new FileInputStream(FileDescriptor.in));
                DataOutputStream out = new DataOutputStream(new FileOutputStream(FileDescriptor.out))) {
            while (true) {
                byte[] picture = new byte[in.readInt()];
                in.readFully(picture);
                byte[] small = scaledOrNothing(picture);
                out.writeInt(small.length);
                out.write(small);
                out.flush();
            }
        } catch (EOFException done) {
            // The parent has closed the pipe.
        }
    }

    private static byte[] scaledOrNothing(byte[] picture) {
        try {
            return scaled(picture);
        } catch (IOException | RuntimeException broken) {
            return new byte[0];
        }
    }

    /** Returns the picture with {@value #WANTED} pixels on its shorter side, or unchanged if it has fewer. */
    static byte[] scaled(byte[] picture) throws IOException {
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(picture))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                return new byte[0];
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                int width = reader.getWidth(0);
                int height = reader.getHeight(0);
                if (width < 1
                        || height < 1
                        || width > LONGEST_SIDE
                        || height > LONGEST_SIDE
                        || (long) width * height > MOST_PIXELS) {
                    return new byte[0];
                }
                int step = Math.max(1, Math.min(width, height) / (2 * WANTED));
                // A long strip stays large at any step.
                while ((long) (width / step) * (height / step) > MOST_PIXELS / 32) {
                    step++;
                }
                ImageReadParam steps = reader.getDefaultReadParam();
                steps.setSourceSubsampling(step, step, 0, 0);
                return jpeg(reader.read(0, steps));
            } finally {
                reader.dispose();
            }
        }
    }

    private static byte[] jpeg(BufferedImage image) throws IOException {
        double scale = Math.min(1, (double) WANTED / Math.min(image.getWidth(), image.getHeight()));
        int width = Math.max(1, (int) Math.round(image.getWidth() * scale));
        int height = Math.max(1, (int) Math.round(image.getHeight() * scale));
        BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                small.setRGB(x, y, mean(image, x, y, width, height));
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(small, "jpeg", bytes);
        return bytes.toByteArray();
    }

    /**
     * Returns the mean of the pixels that one pixel of the small picture stands for. {@code Graphics2D} would need font
     * libraries.
     */
    private static int mean(BufferedImage image, int x, int y, int width, int height) {
        int left = (int) ((long) x * image.getWidth() / width);
        int top = (int) ((long) y * image.getHeight() / height);
        int right = Math.max(left + 1, (int) ((x + 1L) * image.getWidth() / width));
        int bottom = Math.max(top + 1, (int) ((y + 1L) * image.getHeight() / height));
        long red = 0;
        long green = 0;
        long blue = 0;
        for (int row = top; row < bottom; row++) {
            for (int column = left; column < right; column++) {
                int rgb = image.getRGB(column, row);
                red += rgb >> 16 & 0xff;
                green += rgb >> 8 & 0xff;
                blue += rgb & 0xff;
            }
        }
        long count = (long) (right - left) * (bottom - top);
        return (int) (((red / count) << 16) | ((green / count) << 8) | (blue / count));
    }
}
