package dev.shoebox.photos.metadata;

import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.CaptureTime.Origin;
import dev.shoebox.photos.metadata.field.MediaFacts;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

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
import static dev.shoebox.photos.metadata.Crafted.read;
import static dev.shoebox.photos.metadata.Crafted.riffChunk;
import static dev.shoebox.photos.metadata.Crafted.segment;
import static dev.shoebox.photos.metadata.Crafted.tiff;
import static dev.shoebox.photos.metadata.Crafted.webp;
import static dev.shoebox.photos.metadata.Crafted.wideBox;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class MetadataTest {
    private static final LocalDateTime NOON = LocalDateTime.of(2021, 6, 5, 12, 34, 56);
    private static final long NOON_SINCE_1904 = NOON.toEpochSecond(ZoneOffset.UTC) + 2_082_844_800L;
    private static final byte[] EXIF = tiff().make("Apple", "iPhone 15 Pro")
            .original("2021:06:05 12:34:56")
            .exif(0x9291, "789")
            .exif(0x9011, "+05:45")
            .appleNote("7A7D4193-0000")
            .build();
    private static final String XMP =
            "<rdf:Description exif:DateTimeOriginal='2021-06-05T12:34:56' tiff:Make=\"Apple\"/>";

    private static CaptureTime captured(byte[] bytes) {
        return read(bytes).captured().orElseThrow();
    }

    private static void assertIsTheWholeExif(MediaFacts facts) {
        var time = new CaptureTime(
                NOON.plusNanos(789_000_000), Optional.of(ZoneOffset.ofHoursMinutes(5, 45)), Origin.EXIF);
        assertEquals(Optional.of(time), facts.captured());
        assertEquals(Optional.of("Apple"), facts.cameraMake());
        assertEquals(Optional.of("iPhone 15 Pro"), facts.cameraModel());
        assertEquals(Optional.of("7A7D4193-0000"), facts.contentIdentifier());
    }

    @Test
    void exifIsReadFromEveryKindOfStill() {
        assertIsTheWholeExif(read(jpeg(exifSegment(EXIF))));
        assertIsTheWholeExif(read(jpeg(segment(ascii("JFIF\0")), bytes(0xff, 0xff), exifSegment(EXIF))));
        assertIsTheWholeExif(read(heif("heic", EXIF)));
        assertIsTheWholeExif(read(heif("avif", EXIF)));
        assertIsTheWholeExif(read(png(chunk("eXIf", EXIF))));
        assertIsTheWholeExif(read(webp(riffChunk("VP8X", new byte[10]), riffChunk("EXIF", EXIF))));
        assertIsTheWholeExif(
                read(webp(riffChunk("VP8 ", new byte[31]), riffChunk("EXIF", concat(ascii("Exif\0\0"), EXIF)))));
        assertIsTheWholeExif(read(EXIF));
    }

    @Test
    void rawPhotosAreReadInTheByteOrderTheyAreWrittenIn() {
        byte[] dng = tiff().littleEndian()
                .make("Apple", "iPhone 13 Pro")
                .original("2021:06:05 12:34:56")
                .build();
        assertEquals(new CaptureTime(NOON, Optional.empty(), Origin.EXIF), captured(dng));
        assertEquals(Optional.of("iPhone 13 Pro"), read(dng).cameraModel());

        dng[2] = 'R';
        dng[3] = 'O';
        assertEquals(NOON, captured(dng).local());

        byte[] raf = concat(ascii("FUJIFILMCCD-RAW "), new byte[68], int32(92), int32(0), jpeg(exifSegment(EXIF)));
        assertIsTheWholeExif(read(raf));

        byte[] canon = box("uuid", int64(0x85c0b687820f11e0L), int64(0x8111f4ce462b6a48L), box("CMT1", EXIF));
        assertIsTheWholeExif(
                read(concat(box("ftyp", ascii("crx ")), box("moov", canon, movieHeader(NOON_SINCE_1904)))));
    }

    @Test
    void theMomentOfTheShotComesBeforeDigitizingAndChanging() {
        assertEquals(
                NOON,
                captured(tiff().changed("2023:01:01 00:00:00")
                                .exif(0x9004, "2022:01:01 00:00:00")
                                .original("2021:06:05 12:34:56")
                                .build())
                        .local());
        assertEquals(
                LocalDateTime.of(2022, 1, 1, 0, 0),
                captured(tiff().changed("2023:01:01 00:00:00")
                                .exif(0x9004, "2022:01:01 00:00:00")
                                .original("0000:00:00 00:00:00")
                                .build())
                        .local());
        assertEquals(
                LocalDateTime.of(2023, 1, 1, 0, 0),
                captured(tiff().changed("2023:01:01 00:00:00").build()).local());
    }

    @Test
    void xmpComesBeforeTheTimeOfTheLastChange() {
        byte[] xmp = segment(concat(ascii("http://ns.adobe.com/xap/1.0/\0"), ascii(XMP)));
        byte[] changed = exifSegment(tiff().changed("2023:01:01 00:00:00").build());

        assertEquals(new CaptureTime(NOON, Optional.empty(), Origin.XMP), captured(jpeg(changed, xmp)));
        assertEquals(Optional.of("Apple"), read(jpeg(xmp)).cameraMake());
    }

    @Test
    void anOffsetIsBorrowedOnlyFromTheSameSecond() {
        byte[] same = tiff().changed("2021:06:05 12:34:56")
                .original("2021:06:05 12:34:56")
                .exif(0x9010, "-04:00")
                .build();
        assertEquals(Optional.of(ZoneOffset.ofHours(-4)), captured(same).offset());

        byte[] editedElsewhere = tiff().changed("2021:06:09 12:34:56")
                .original("2021:06:05 12:34:56")
                .exif(0x9010, "-04:00")
                .build();
        assertEquals(Optional.empty(), captured(editedElsewhere).offset());
    }

    @Test
    void nonsenseIsNoDate() {
        for (String nonsense : new String[] {
            "0000:00:00 00:00:00",
            "1899:12:31 10:00:00",
            "2021:13:01 00:00:00",
            "2021:02:30 10:00:00",
            "    :  :     :  :  ",
            "yesterday",
            "9999:01:01 00:00:00",
            ""
        }) {
            assertEquals(
                    Optional.empty(), read(tiff().original(nonsense).build()).captured(), nonsense);
        }
        assertEquals(
                Optional.empty(),
                captured(tiff().original("2021:06:05 12:34:56")
                                .exif(0x9011, "   :  ")
                                .build())
                        .offset());
        assertEquals(
                Optional.empty(),
                captured(tiff().original("2021:06:05 12:34:56")
                                .exif(0x9011, "+99:00")
                                .build())
                        .offset());
    }

    @Test
    void pngHasItInTextToo() {
        byte[] xmp = chunk("iTXt", concat(ascii("XML:com.adobe.xmp\0\0\0en\0\0"), ascii(XMP)));
        assertEquals(new CaptureTime(NOON, Optional.empty(), Origin.XMP), captured(png(xmp)));

        byte[] exifLike = chunk("tEXt", ascii("Creation Time\0002021:06:05 12:34:56"));
        assertEquals(new CaptureTime(NOON, Optional.empty(), Origin.PNG), captured(png(exifLike)));

        byte[] mailLike = chunk("tEXt", ascii("Creation Time\0Sat, 5 Jun 2021 12:34:56 +0200"));
        assertEquals(new CaptureTime(NOON, Optional.of(ZoneOffset.ofHours(2)), Origin.PNG), captured(png(mailLike)));

        byte[] element = ascii("<photoshop:DateCreated>2021-06-05T12:34:56.5+01:00</photoshop:DateCreated>");
        byte[] asElement = chunk("iTXt", concat(ascii("XML:com.adobe.xmp\0\0\0\0\0"), element));
        assertEquals(
                new CaptureTime(NOON.plusNanos(500_000_000), Optional.of(ZoneOffset.ofHours(1)), Origin.XMP),
                captured(png(asElement)));
    }

    @Test
    void applesCreationDateComesBeforeTheMovieHeader() {
        byte[] keys = keys(
                "com.apple.quicktime.make", "Apple",
                "com.apple.quicktime.model", "iPhone 12",
                "com.apple.quicktime.creationdate", "2021-06-05T12:34:56+0200",
                "com.apple.quicktime.content.identifier", "7A7D4193");
        byte[] film = wideBox("mdat", new byte[300_000]);
        byte[] track = box("trak", new byte[30_000]);
        byte[] mov = concat(
                box("ftyp", ascii("qt  ")), box("wide"), film, box("moov", movieHeader(NOON_SINCE_1904), track, keys));

        MediaFacts facts = read(mov);
        assertEquals(
                Optional.of(new CaptureTime(NOON, Optional.of(ZoneOffset.ofHours(2)), Origin.QUICKTIME_CREATION_DATE)),
                facts.captured());
        assertEquals(Optional.of("Apple"), facts.cameraMake());
        assertEquals(Optional.of("iPhone 12"), facts.cameraModel());
        assertEquals(Optional.of("7A7D4193"), facts.contentIdentifier());
        assertEquals(
                facts.captured(),
                read(concat(film, box("moov", keys))).captured(),
                "a film that does not begin with its type");
    }

    @Test
    void aFilmWithOnlyAMovieHeaderIsDatedInUtc() {
        var expected = new CaptureTime(NOON, Optional.of(ZoneOffset.UTC), Origin.QUICKTIME_MOVIE_HEADER);
        byte[] type = box("ftyp", ascii("mp42"));
        assertEquals(expected, captured(concat(type, box("moov", movieHeader(NOON_SINCE_1904)))));

        byte[] longHeader = box("mvhd", int32(0x01000000), int64(NOON_SINCE_1904), new byte[92]);
        assertEquals(expected, captured(concat(type, box("moov", longHeader))));

        byte[] countsFrom1970 = movieHeader(NOON.toEpochSecond(ZoneOffset.UTC));
        assertEquals(expected, captured(concat(type, box("moov", countsFrom1970))));

        assertEquals(
                Optional.empty(),
                read(concat(type, box("moov", movieHeader(0)))).captured());
        assertEquals(
                Optional.empty(),
                read(concat(type, box("moov", movieHeader(2_082_844_800L)))).captured());
    }

    @Test
    void olderFilmsSayItInUserData() {
        byte[] day = box("©day", bytes(0, 24, 0x15, 0xc7), ascii("2021-06-05T12:34:56-0700"));
        byte[] make = box("©mak", bytes(0, 5, 0x15, 0xc7), ascii("Apple"));
        byte[] mov = concat(box("ftyp", ascii("qt  ")), box("moov", box("udta", make, day, int32(0))));

        assertEquals(
                new CaptureTime(NOON, Optional.of(ZoneOffset.ofHours(-7)), Origin.QUICKTIME_CREATION_DATE),
                captured(mov));
        assertEquals(Optional.of("Apple"), read(mov).cameraMake());
    }

    @Test
    void onlyAFewKilobytesAreRead() throws IOException {
        byte[] photo = concat(heif("heic", EXIF), box("mdat", new byte[3_000_000]));
        byte[] film = concat(
                box("ftyp", ascii("qt  ")),
                box("mdat", new byte[5_000_000]),
                box("moov", box("trak", new byte[40_000]), keys("com.apple.quicktime.make", "Apple")));
        for (byte[] bytes : new byte[][] {photo, film, concat(jpeg(exifSegment(EXIF)), new byte[2_000_000])}) {
            var channel = new Crafted.Counting(bytes);
            assertEquals(Optional.of("Apple"), Metadata.read(channel).cameraMake());
            assertTrue(channel.bytesRead() <= 40_000, "read " + channel.bytesRead());
        }
    }

    @Test
    void nameAndExtensionOfTheFileDoNotMatter() {
        assertEquals(MediaFacts.NONE, read(new byte[0]));
        assertEquals(MediaFacts.NONE, read(ascii("MM")));
        assertEquals(MediaFacts.NONE, read(ascii("just some text that is no photo at all")));
        assertEquals(MediaFacts.NONE, read(new byte[100_000]));
    }
}
