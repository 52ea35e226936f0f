package dev.shoebox.photos.metadata;

import com.sun.management.ThreadMXBean;
import dev.shoebox.photos.metadata.field.BoundedReader;
import dev.shoebox.photos.metadata.field.MediaFacts;
import dev.shoebox.photos.metadata.field.MetadataBuilder;
import dev.shoebox.photos.metadata.tag.Xmp;
import dev.shoebox.photos.source.ReadOnlyChannel;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import static dev.shoebox.photos.metadata.Crafted.ascii;
import static dev.shoebox.photos.metadata.Crafted.box;
import static dev.shoebox.photos.metadata.Crafted.bytes;
import static dev.shoebox.photos.metadata.Crafted.chunk;
import static dev.shoebox.photos.metadata.Crafted.concat;
import static dev.shoebox.photos.metadata.Crafted.exifSegment;
import static dev.shoebox.photos.metadata.Crafted.heif;
import static dev.shoebox.photos.metadata.Crafted.int32;
import static dev.shoebox.photos.metadata.Crafted.int64;
import static dev.shoebox.photos.metadata.Crafted.jpeg;
import static dev.shoebox.photos.metadata.Crafted.keys;
import static dev.shoebox.photos.metadata.Crafted.movieHeader;
import static dev.shoebox.photos.metadata.Crafted.png;
import static dev.shoebox.photos.metadata.Crafted.riffChunk;
import static dev.shoebox.photos.metadata.Crafted.segment;
import static dev.shoebox.photos.metadata.Crafted.tiff;
import static dev.shoebox.photos.metadata.Crafted.webp;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

/** Files made to harm a reader: each costs at most its facts, a fraction of a second and a few megabytes. */
class HostileBytesTest {
    private static final long MOST_NANOS = 2_000_000_000L;
    private static final long MOST_ALLOCATED = 50_000_000L;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final byte[] FILM = box("ftyp", ascii("qt  "));

    /** Reads without the last safety net, so that a defect of a parser shows. */
    static void assertBounded(SeekableByteChannel channel, String what) {
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        long start = THREADS.getCurrentThreadCpuTime();
        try {
            Metadata.parse(channel, new MetadataBuilder(MetadataBuilder.Depth.DATE));
        } catch (IOException expected) {
            // The parser rejects the input as invalid.
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError defect) {
            fail(what, defect);
        }
        long nanos = THREADS.getCurrentThreadCpuTime() - start;
        assertTrue(nanos < MOST_NANOS, what + " took " + nanos / 1_000_000 + " ms");
        long cost = THREADS.getCurrentThreadAllocatedBytes() - allocated;
        assertTrue(cost < MOST_ALLOCATED, what + " allocated " + cost);
    }

    private static void assertBounded(byte[] bytes, String what) {
        assertBounded(new Crafted.Counting(bytes), what);
    }

    @Test
    void boxesNestedWithoutEndAreNotFollowed() {
        byte[] nest = new byte[640_000];
        for (int at = 0; at + 8 <= nest.length; at += 8) {
            System.arraycopy(concat(int32(nest.length - at), ascii("moov")), 0, nest, at, 8);
        }
        assertBounded(concat(FILM, nest), "80,000 boxes in boxes");
    }

    @Test
    void sizesBeyondAllMeasureEndTheRead() {
        for (long size : new long[] {Long.MAX_VALUE, -1, Long.MIN_VALUE, Long.MAX_VALUE - 20, 0, 1, 15, 16}) {
            byte[] giant = concat(int32(1), ascii("moov"), int64(size), movieHeader(3_600_000_000L));
            assertBounded(concat(FILM, giant), "a box of " + size);
            assertBounded(concat(FILM, box("moov", giant)), "an inner box of " + size);
        }
        for (int size : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 7, 1, 0}) {
            assertBounded(concat(FILM, int32(size), ascii("meta"), new byte[40]), "a box of " + size);
            assertBounded(png(concat(int32(size), ascii("eXIf"), new byte[40])), "a chunk of " + size);
            assertBounded(
                    webp(concat(ascii("EXIF"), int32(Integer.reverseBytes(size)), new byte[40])),
                    "a RIFF chunk of " + size);
            byte[] keys = box("keys", int32(0), int32(-1), int32(size), ascii("mdta"), new byte[40]);
            assertBounded(concat(FILM, box("moov", box("meta", box("hdlr", new byte[24]), keys))), "a key of " + size);
        }
    }

    @Test
    void anItemTableThatClaimsBillionsIsLeftAtItsEnd() {
        byte[] info = box("infe", int32(0x02000000), bytes(0, 7, 0, 0), ascii("Exif"), bytes(0));
        byte[] items = box("iinf", int32(0), bytes(0, 1), info);
        byte[] emptyExtents = new byte[60_000];
        Arrays.fill(emptyExtents, (byte) 0xff);
        for (int widths : new int[] {0x0000, 0x8888, 0x4444, 0x1234, 0xffff}) {
            for (int version = 0; version < 3; version++) {
                byte[] table =
                        box("iloc", int32(version << 24), bytes(widths >> 8, widths & 0xff), int32(-1), emptyExtents);
                assertBounded(
                        concat(box("ftyp", ascii("heic")), box("meta", int32(0), items, table)),
                        "widths " + widths + " version " + version);
            }
        }
    }

    @Test
    void anItemThatIsItsOwnTableEndsTheRead() {
        byte[] head = box("ftyp", ascii("heic"));
        for (int offset = 0; offset < 200; offset++) {
            assertBounded(concat(head, Crafted.heifMeta(offset, -1)), "Exif item at " + offset);
        }
    }

    @Test
    void manyTablesThatPointAtOneCostlyItemShareOneAllowance() {
        byte[] directory = new byte[6_000];
        for (int at = 10; at + 12 <= directory.length; at += 12) {
            System.arraycopy(concat(bytes(0x02, 0xbc, 0, 1), int32(5_000), int32(0)), 0, directory, at, 12);
        }
        System.arraycopy(concat(ascii("MM"), bytes(0, 42), int32(8), bytes(0xff, 0xff)), 0, directory, 0, 10);
        byte[] head = box("ftyp", ascii("heic"));
        byte[] item = box("free", int32(0), directory);
        byte[] all = concat(head, item);
        byte[] meta = Crafted.heifMeta(head.length + 8, item.length - 8);
        byte[] metas = new byte[meta.length * 20_000];
        for (int i = 0; i < 20_000; i++) {
            System.arraycopy(meta, 0, metas, i * meta.length, meta.length);
        }
        assertBounded(concat(all, metas), "20,000 tables");
    }

    @Test
    void aDirectoryThatPointsAtItselfEndsTheRead() {
        ByteBuffer tiff = ByteBuffer.allocate(64_000);
        tiff.put(ascii("MM")).putShort((short) 42).putInt(8).putShort((short) 5_000);
        for (int i = 0; i < 5_000; i++) {
            int tag = List.of(0x8769, 0x927c, 0x02bc, 0x9003).get(i % 4);
            tiff.putShort((short) tag).putShort((short) 2).putInt(60_000).putInt(8);
        }
        assertBounded(tiff.array(), "a TIFF of circles");
        assertBounded(jpeg(exifSegment(tiff.array())), "a JPEG of circles");
        byte[] bigBlock = concat(tiff.array(), new byte[5_000_000]);
        ByteBuffer.wrap(bigBlock).putInt(14, 5_000_000);
        assertBounded(bigBlock, "a TIFF that wants its text copied over and over");
    }

    @Test
    void chainsOfMillionsOfPiecesRunOutOfAllowance() {
        byte[] fill = new byte[6_000_000];
        Arrays.fill(fill, (byte) 0xff);
        assertBounded(concat(bytes(0xff, 0xd8), fill), "a JPEG of fill bytes");
        byte[] restarts = new byte[6_000_000];
        for (int i = 0; i < restarts.length; i += 2) {
            restarts[i] = (byte) 0xff;
            restarts[i + 1] = (byte) 0xd0;
        }
        assertBounded(concat(bytes(0xff, 0xd8), restarts), "a JPEG of restart markers");
        assertBounded(concat(FILM, box("moov", boxesOf(8, 6_000_000))), "empty boxes");
        assertBounded(webp(new byte[6_000_000]), "empty RIFF chunks");
        assertBounded(concat(bytes(0x89, 'P', 'N', 'G', 13, 10, 26, 10), new byte[6_000_000]), "empty PNG chunks");
    }

    private static byte[] boxesOf(int size, int total) {
        byte[] boxes = new byte[total];
        for (int at = 0; at < total; at += size) {
            boxes[at + 3] = (byte) size;
        }
        return boxes;
    }

    @Test
    void textsWithoutEndAreCut() {
        byte[] endless = new byte[3_000_000];
        Arrays.fill(endless, (byte) 'x');
        assertBounded(png(chunk("iTXt", concat(ascii("XML:com.adobe.xmp\0\0\0"), endless))), "a language without end");
        byte[] names = ascii("exif:DateTimeOriginal".repeat(10_000));
        assertBounded(png(chunk("iTXt", concat(ascii("XML:com.adobe.xmp\0\0\0\0\0"), names))), "names without values");
        assertBounded(concat(FILM, box("moov", keys("com.apple.quicktime.make", "x".repeat(100_000)))), "a long make");
        assertEquals(
                MediaFacts.NONE,
                Crafted.read(concat(FILM, box("moov", keys("com.apple.quicktime.make", "x".repeat(100_000))))));
    }

    @Test
    void craftedFilesCutOrFlippedAnywhereAreBounded() {
        byte[] exif = tiff().make("Apple", "iPhone")
                .original("2021:06:05 12:34:56")
                .appleNote("AB")
                .build();
        byte[] xmp = concat(ascii("http://ns.adobe.com/xap/1.0/\0<x xmp:CreateDate='2021-01-01'/>"));
        List<byte[]> files = List.of(
                exif,
                jpeg(exifSegment(exif), segment(xmp)),
                heif("heic", exif),
                png(chunk("eXIf", exif), chunk("tEXt", ascii("Creation Time\0002021:06:05 12:34:56"))),
                webp(riffChunk("EXIF", exif)),
                concat(FILM, box("moov", movieHeader(3_600_000_000L), keys("com.apple.quicktime.make", "Apple"))));
        Random random = new Random(1904);
        for (byte[] file : files) {
            for (int length = 0; length < Math.min(file.length, 1_000); length++) {
                assertBounded(Arrays.copyOf(file, length), "cut at " + length);
            }
            for (int round = 0; round < 1_500; round++) {
                byte[] damaged = file.clone();
                int reach = Math.min(600, damaged.length);
                for (int i = 1 + random.nextInt(4); i > 0; i--) {
                    damaged[random.nextInt(reach)] = (byte) (random.nextBoolean() ? 0xff : random.nextInt(256));
                }
                assertBounded(damaged, "damaged, round " + round);
            }
        }
    }

    @Test
    void aPacketThatBeginsInTheMiddleOfATagIsReadOn() throws IOException {
        MetadataBuilder found = new MetadataBuilder(MetadataBuilder.Depth.DATE);
        byte[] packet = ascii("tiff:Make>cut</tiff:Make><tiff:Make>Apple</tiff:Make>");
        Xmp.read(new BoundedReader(new Crafted.Counting(packet)), 0, packet.length, found);
        assertEquals(Optional.of("Apple"), found.facts().cameraMake());
    }

    @Test
    void aTextThatEndsWithinItsOwnKeywordIsPassedOver() {
        byte[] text = concat(int32(3), ascii("tEXtCreation Time\0"), new byte[20]);
        assertBounded(concat(bytes(0x89, 'P', 'N', 'G', 13, 10, 26, 10), text), "a keyword longer than its chunk");
    }

    @Test
    void unreadableBytesAreDistinguishedFromInvalidOnes() {
        var told = assertThrows(IOException.class, () -> Metadata.read(new Failing()));
        assertEquals("the cable is loose", told.getMessage());
        assertEquals(MediaFacts.NONE, Crafted.read(ascii("no photo at all")));
    }

    private static final class Failing extends ReadOnlyChannel {
        Failing() {
            super(1_000);
        }

        @Override
        protected int read(long from, ByteBuffer into) throws IOException {
            throw new IOException("the cable is loose");
        }
    }
}
