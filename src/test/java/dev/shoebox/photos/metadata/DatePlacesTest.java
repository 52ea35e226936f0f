package dev.shoebox.photos.metadata;

import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.CaptureTime.Origin;
import dev.shoebox.photos.metadata.field.DateText;
import dev.shoebox.photos.metadata.field.MediaFacts;
import dev.shoebox.photos.metadata.field.ShotDetails;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;

import static dev.shoebox.photos.metadata.Crafted.ascii;
import static dev.shoebox.photos.metadata.Crafted.box;
import static dev.shoebox.photos.metadata.Crafted.bytes;
import static dev.shoebox.photos.metadata.Crafted.chunk;
import static dev.shoebox.photos.metadata.Crafted.concat;
import static dev.shoebox.photos.metadata.Crafted.exifSegment;
import static dev.shoebox.photos.metadata.Crafted.int32;
import static dev.shoebox.photos.metadata.Crafted.int64;
import static dev.shoebox.photos.metadata.Crafted.jpeg;
import static dev.shoebox.photos.metadata.Crafted.movieHeader;
import static dev.shoebox.photos.metadata.Crafted.png;
import static dev.shoebox.photos.metadata.Crafted.read;
import static dev.shoebox.photos.metadata.Crafted.segment;
import static dev.shoebox.photos.metadata.Crafted.tiff;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** Every place in which cameras and programs record a date. */
public class DatePlacesTest {
    private static final LocalDateTime NOON = LocalDateTime.of(2011, 6, 5, 12, 34, 56);
    private static final byte[] EXIF = tiff().original("2011:06:05 12:34:56").build();
    private static final Instant NOON_UTC = NOON.toInstant(ZoneOffset.UTC);
    private static final long NOON_SINCE_1904 = NOON_UTC.getEpochSecond() + 2_082_844_800L;

    private static CaptureTime captured(byte[] bytes) {
        return read(bytes).captured().orElseThrow();
    }

    public static byte[] iptc(String... numbersAndTexts) {
        byte[] all = {};
        for (int i = 0; i < numbersAndTexts.length; i += 2) {
            byte[] text = ascii(numbersAndTexts[i + 1]);
            all = concat(all, bytes(0x1c, 2, Integer.parseInt(numbersAndTexts[i]), 0, text.length), text);
        }
        return all;
    }

    public static byte[] photoshop(byte[] iptc) {
        byte[] padding = new byte[iptc.length & 1];
        return concat(ascii("8BIM"), bytes(4, 4, 0, 0), int32(iptc.length), iptc, padding);
    }

    private static byte[] deflated(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflate = new DeflaterOutputStream(out)) {
            deflate.write(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    static byte[] avi(String idit) {
        byte[] date = ascii(idit);
        byte[] chunk = concat(ascii("IDIT"), little(date.length), date, new byte[date.length & 1]);
        byte[] header = concat(ascii("hdrl"), ascii("avih"), little(8), new byte[8], chunk);
        byte[] list = concat(ascii("LIST"), little(header.length), header);
        return concat(ascii("RIFF"), little(4 + list.length), ascii("AVI "), list);
    }

    private static byte[] little(int number) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(number)
                .array();
    }

    static byte[] matroska(Instant created) {
        long nanos =
                Duration.between(Instant.parse("2001-01-01T00:00:00Z"), created).toNanos();
        byte[] date = concat(bytes(0x44, 0x61, 0x88), int64(nanos));
        byte[] info = concat(bytes(0x15, 0x49, 0xa9, 0x66, 0x80 | date.length), date);
        return concat(bytes(0x1a, 0x45, 0xdf, 0xa3, 0x80), bytes(0x18, 0x53, 0x80, 0x67, 0xff), info);
    }

    static byte[] asf(Instant created) {
        ByteBuffer file = ByteBuffer.allocate(30 + 104).order(ByteOrder.LITTLE_ENDIAN);
        file.put(HexFormat.of().parseHex("3026b2758e66cf11a6d900aa0062ce6c")).position(30);
        file.put(HexFormat.of().parseHex("a1dcab8c47a9cf118ee400c00c205365"))
                .putLong(104)
                .position(30 + 48);
        file.putLong((created.getEpochSecond() + 11_644_473_600L) * 10_000_000);
        return file.array();
    }

    static byte[] transportStream(int packetSize, byte... zoneAndDate) {
        byte[] block = concat(
                ascii("MDPM"),
                bytes(2, 0x18),
                Arrays.copyOfRange(zoneAndDate, 0, 4),
                bytes(0x19),
                Arrays.copyOfRange(zoneAndDate, 4, 8));
        ByteBuffer stream = ByteBuffer.allocate(4 * packetSize);
        for (int i = 0; i < 4; i++) {
            int at = i * packetSize + packetSize - 188;
            stream.put(at, (byte) 0x47)
                    .put(at + 1, (byte) 0x10)
                    .put(at + 2, (byte) 0x11)
                    .put(at + 3, (byte) 0x10);
        }
        // The end of a packet divides the block.
        for (int i = 0; i < block.length; i++) {
            int first = packetSize - 7;
            stream.put(i < 7 ? first + i : 2 * packetSize - 188 + 4 + i - 7, block[i]);
        }
        return stream.array();
    }

    @Test
    void iptcIsReadFromPhotoshopsSegmentAndFromPhotoshopsFiles() {
        byte[] block =
                photoshop(iptc("5", "A title", "25", "harbour", "25", "boats", "55", "20110605", "60", "123456+0200"));
        var expected = new CaptureTime(NOON, Optional.of(ZoneOffset.ofHours(2)), Origin.IPTC);
        byte[] photo = jpeg(Crafted.rawSegment(0xed, concat(ascii("Photoshop 3.0\0"), block)));
        assertEquals(expected, captured(photo));
        byte[] file = concat(
                ascii("8BPS"), new byte[10], int32(3), int32(4), new byte[4], int32(0), int32(block.length), block);
        assertEquals(expected, captured(file));
    }

    @Test
    void theDayOfAScanComesAfterTheDayOfThePicture() {
        byte[] scanned = exifSegment(tiff().exif(0x9004, "2019:01:01 10:00:00").build());
        byte[] iptc = Crafted.rawSegment(0xed, concat(ascii("Photoshop 3.0\0"), photoshop(iptc("55", "19750700"))));
        assertEquals(
                LocalDateTime.of(1975, 7, 1, 0, 0),
                captured(jpeg(scanned, iptc)).local());
        byte[] xmp = segment(
                ascii(
                        "http://ns.adobe.com/xap/1.0/\0<x photoshop:DateCreated='1975' xmp:CreateDate='2019-01-01T10:00:00'/>"));
        assertEquals(
                LocalDateTime.of(1975, 1, 1, 0, 0), captured(jpeg(scanned, xmp)).local());
        assertEquals(Origin.DIGITIZED, captured(jpeg(scanned)).origin());
    }

    @Test
    void aPrefixOfXmpMeansItsNamespace() {
        byte[] xmp = segment(ascii("http://ns.adobe.com/xap/1.0/\0<x xmlns:q=\"http://ns.adobe.com/exif/1.0/\""
                + " q:DateTimeOriginal = \"2011-06-05T12:34:56\"/>"));
        assertEquals(new CaptureTime(NOON, Optional.empty(), Origin.XMP), captured(jpeg(xmp)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SUN JUN 05 12:34:56 2011\n\0",
                "Sun Jun  5 12:34:56 2011",
                "2011:06:05 12:34:56",
                "2011:06:05 12:34:56\0",
                "2011-06-05 12:34:56",
                "2011/ 6/ 5/ 12:34:56",
            })
    void aviDatesAreReadInEverySpellingOfCameras(String idit) {
        assertEquals(new CaptureTime(NOON, Optional.empty(), Origin.CAMERA), captured(avi(idit)));
    }

    @Test
    void otherContainersHaveUtc() {
        var expected = new CaptureTime(NOON, Optional.of(ZoneOffset.UTC), Origin.CONTAINER);
        assertEquals(expected, captured(matroska(NOON_UTC)));
        assertEquals(expected, captured(asf(NOON_UTC)));
    }

    @ParameterizedTest
    @ValueSource(ints = {188, 192})
    void camcordersRecordTheTimeOfTheRecording(int packetSize) {
        byte[] told = {0x02, 0x20, 0x11, 0x06, 0x05, 0x12, 0x34, 0x56};
        assertEquals(
                new CaptureTime(NOON, Optional.of(ZoneOffset.ofHours(1)), Origin.CAMERA),
                captured(transportStream(packetSize, told)));
    }

    @Test
    void pngHidesItInProfilesAndCompressedTexts() {
        String hex = HexFormat.of().formatHex(concat(ascii("Exif\0\0"), EXIF));
        byte[] profile = ascii("\nexif\n    " + hex.length() / 2 + "\n" + hex.replaceAll("(.{72})", "$1\n") + "\n");
        var exif = new CaptureTime(NOON, Optional.empty(), Origin.EXIF);
        assertEquals(exif, captured(png(chunk("tEXt", concat(ascii("Raw profile type exif\0"), profile)))));
        assertEquals(exif, captured(png(chunk("zTXt", concat(ascii("Raw profile type APP1\0\0"), deflated(profile))))));
        byte[] xmp = deflated(ascii("<x exif:DateTimeOriginal='2011-06-05T12:34:56'/>"));
        assertEquals(
                Origin.XMP,
                captured(png(chunk("iTXt", concat(ascii("XML:com.adobe.xmp\0\1\0\0\0"), xmp))))
                        .origin());
        assertEquals(
                new CaptureTime(NOON, Optional.of(ZoneOffset.UTC), Origin.EMBEDDED_FILE_TIME),
                captured(png(chunk("tEXt", ascii("date:create\0002011-06-05T12:34:56+00:00")))));
    }

    @Test
    void dataAfterAVeryLongPictureIsFoundFromItsEnd() {
        byte[][] chunks = new byte[301][];
        for (int i = 0; i < 300; i++) {
            chunks[i] = chunk("IDAT", new byte[20_000]);
        }
        chunks[300] = chunk("eXIf", EXIF);
        assertEquals(NOON, captured(png(chunks)).local());
    }

    @Test
    void aCompressedTextThatGrowsWithoutEndIsCut() {
        byte[] bomb = deflated(new byte[50_000_000]);
        byte[] file = png(chunk("zTXt", concat(ascii("Raw profile type exif\0\0"), bomb)), chunk("eXIf", EXIF));
        assertEquals(NOON, captured(file).local());
    }

    @Test
    void jpegXlAndJpeg2000AreMadeOfBoxes() {
        byte[] xl = box("JXL ", bytes(0x0d, 0x0a, 0x87, 0x0a));
        assertEquals(NOON, captured(concat(xl, box("Exif", int32(0), EXIF))).local());
        byte[] xmp = ascii("<x exif:DateTimeOriginal='2011-06-05T12:34:56'/>");
        assertEquals(NOON, captured(concat(xl, box("xml ", xmp))).local());
        byte[] uuid = HexFormat.of().parseHex("be7acfcb97a942e89c71999491e3afac");
        byte[] j2k = box("jP  ", bytes(0x0d, 0x0a, 0x87, 0x0a));
        assertEquals(NOON, captured(concat(j2k, box("uuid", uuid, xmp))).local());
    }

    @Test
    void filmsSayItInUserDataAndInXmp() {
        byte[] type = box("ftyp", ascii("mp42"));
        byte[] plain = box("udta", box("date", ascii("2011-06-05T12:34:56+0200")));
        assertEquals(NOON, captured(concat(type, box("moov", plain))).local());
        byte[] uuid = HexFormat.of().parseHex("be7acfcb97a942e89c71999491e3afac");
        byte[] xmp = ascii("<x exif:DateTimeOriginal='2011-06-05T12:34:56'/>");
        assertEquals(
                NOON,
                captured(concat(type, box("moov", movieHeader(0)), box("uuid", uuid, xmp)))
                        .local());
        byte[] sony = ascii("<NonRealTimeMeta><CreationDate value=\"2011-06-05T12:34:56+09:00\"/></NonRealTimeMeta>");
        byte[] meta = box("meta", int32(0), box("hdlr", new byte[24]), box("xml ", int32(0), sony));
        assertEquals(
                new CaptureTime(NOON, Optional.of(ZoneOffset.ofHours(9)), Origin.CAMERA),
                captured(concat(type, box("moov", movieHeader(NOON_SINCE_1904)), meta)));
    }

    @Test
    void someMakersWriteTheirOwnClockWhereUniversalTimeBelongs() {
        byte[] type = box("ftyp", ascii("mp41"));
        byte[] gopro = box("moov", movieHeader(NOON_SINCE_1904), box("udta", box("FIRM", ascii("HD7.01.01.90.00"))));
        assertEquals(new CaptureTime(NOON, Optional.empty(), Origin.CAMERA), captured(concat(type, gopro)));
        byte[] make = box("©mak", bytes(0, 5, 0x15, 0xc7), ascii("Apple"));
        byte[] apple = box("moov", movieHeader(NOON_SINCE_1904), box("udta", make));
        assertEquals(
                Origin.QUICKTIME_MOVIE_HEADER, captured(concat(type, apple)).origin());
    }

    @ParameterizedTest
    @CsvSource({
        "2015:08:22 24:08:19, 2015-08-22T00:08:19",
        "2019:01:01 23:59:60, 2019-01-01T23:59:59",
        "2019:01:01 25:61:00, 2019-01-01T00:00",
        "2024:08:13   :  :  , 2024-08-13T00:00",
        "2024: 8: 3  7:14:26, 2024-08-03T07:14:26",
        "13/08/2024 17:14, 2024-08-13T17:14",
        "20240813171426, 2024-08-13T17:14:26",
        "2024-08-13T17.14.26, 2024-08-13T17:14:26",
        "2001/ 1/27  1:42PM, 2001-01-27T13:42",
        "2019:08:00 00:00:00, 2019-08-01T00:00",
    })
    void oneOddFieldLeavesTheDay(String text, LocalDateTime expected) {
        assertEquals(Optional.of(expected), DateText.parse(text, Origin.EXIF).map(CaptureTime::local));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "05/06/2024 17:14",
                "2021:13:01 00:00:00",
                "0000:00:00 00:00:00",
                "2021:02:30 10:00:00",
                "yesterday"
            })
    void anAmbiguousOrImpossibleDayIsNoDate(String text) {
        assertEquals(Optional.empty(), DateText.parse(text, Origin.EXIF));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1904:01:01 00:00:00",
                "1970:01:01 00:00:00",
                "1970:01:01 09:30:00",
                "1969:12:31 16:00:00",
                "1980:01:01 00:00:05",
                "1980:01:06 00:00:00",
                "2000:01:01 00:00:00",
                "2001:01:01 00:00:00",
                "1900:01:01 00:00:00",
                "0001:01:01 00:00:00",
            })
    void theEpochOfAnUnsetClockIsNoDate(String text) {
        MediaFacts facts = read(tiff().original(text).build());
        assertEquals(List.of(), facts.dates());
        assertEquals("EXIF DateTimeOriginal", facts.refused().get(0).field());
    }

    @Test
    void aPhotoOfNewYearKeepsItsDate() {
        assertEquals(
                LocalDateTime.of(2000, 1, 1, 0, 3, 7),
                captured(tiff().original("2000:01:01 00:03:07").build()).local());
    }

    @Test
    void theFactsOfAPhotoAreFoundOnDemand() throws IOException {
        byte[] block = photoshop(iptc("5", "A title", "25", "harbour", "25", "boats"));
        byte[] photo = jpeg(
                exifSegment(tiff().make("Canon", "EOS 5D")
                        .original("2011:06:05 12:34:56")
                        .exif(0xa434, "EF 50mm")
                        .build()),
                Crafted.rawSegment(0xed, concat(ascii("Photoshop 3.0\0"), block)));
        ShotDetails details = Metadata.readAll(new Crafted.Counting(photo)).details();
        assertEquals(Optional.of("EF 50mm"), details.lens());
        assertEquals(Optional.of("A title"), details.title());
        assertEquals(List.of("harbour", "boats"), details.keywords());
    }
}
