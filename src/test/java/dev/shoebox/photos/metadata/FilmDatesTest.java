package dev.shoebox.photos.metadata;

import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.CaptureTime.Origin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

import static dev.shoebox.photos.metadata.Crafted.ascii;
import static dev.shoebox.photos.metadata.Crafted.box;
import static dev.shoebox.photos.metadata.Crafted.bytes;
import static dev.shoebox.photos.metadata.Crafted.chunk;
import static dev.shoebox.photos.metadata.Crafted.concat;
import static dev.shoebox.photos.metadata.Crafted.int32;
import static dev.shoebox.photos.metadata.Crafted.int64;
import static dev.shoebox.photos.metadata.Crafted.movieHeader;
import static dev.shoebox.photos.metadata.Crafted.png;
import static dev.shoebox.photos.metadata.Crafted.read;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** Dates in places that few programs use. */
class FilmDatesTest {
    private static final LocalDateTime NOON = LocalDateTime.of(2011, 6, 5, 12, 34, 56);
    private static final int NOON_SINCE_1904 = (int) (NOON.toEpochSecond(ZoneOffset.UTC) + 2_082_844_800L);

    private static CaptureTime captured(byte[] bytes) {
        return read(bytes).captured().orElseThrow();
    }

    private static byte[] film(byte[]... boxes) {
        return concat(box("ftyp", ascii("qt  ")), box("moov", boxes));
    }

    @Test
    void aTrackHasTheDateThatTheMovieLacks() {
        byte[] empty = box("tkhd", int32(0), int32(0), new byte[76]);
        byte[] media = box("mdia", box("mdhd", int32(0), int32(NOON_SINCE_1904), new byte[16]));
        assertEquals(
                NOON, captured(film(movieHeader(0), box("trak", empty, media))).local());
        byte[] other = box("tkhd", int32(0), int32(1), new byte[76]);
        assertEquals(
                NOON,
                captured(film(movieHeader(NOON_SINCE_1904), box("trak", other))).local());
    }

    @Test
    void aYearAloneCountsLessThanTheHeader() {
        byte[] year = concat(bytes(0, 4, 0, 0), ascii("2011"));
        byte[] userData = box("udta", box("\u00a9day", year));
        assertEquals(
                NOON, captured(film(movieHeader(NOON_SINCE_1904), userData)).local());
        assertEquals(
                LocalDateTime.of(2011, 1, 1, 0, 0),
                captured(film(movieHeader(0), userData)).local());
    }

    private static byte[] element(String id, byte[]... content) {
        byte[] all = concat(content);
        return concat(java.util.HexFormat.of().parseHex(id), bytes(0x40 | all.length >> 8, all.length & 0xff), all);
    }

    private static byte[] tag(String name, String value) {
        return element("7373", element("67c8", element("45a3", ascii(name)), element("4487", ascii(value))));
    }

    private static byte[] matroska(byte[]... elements) {
        return concat(bytes(0x1a, 0x45, 0xdf, 0xa3, 0x80), bytes(0x18, 0x53, 0x80, 0x67, 0xff), concat(elements));
    }

    @ParameterizedTest
    @CsvSource({
        "DATE_RECORDED, 2011-06-05 12:34:56, CAMERA",
        "COM.APPLE.QUICKTIME.CREATIONDATE, 2011-06-05T12:34:56+0200, QUICKTIME_CREATION_DATE",
        "CREATION_TIME, 2011-06-05T12:34:56.000000Z, DIGITIZED",
        "DATE, 2011-06-05 12:34:56, DIGITIZED",
    })
    void matroskaTagsHaveDates(String name, String value, Origin origin) {
        CaptureTime before = captured(matroska(element("1254c367", tag("TITLE", "x"), tag(name, value))));
        assertEquals(NOON, before.local());
        assertEquals(origin, before.origin());
    }

    @Test
    void tagsBehindTheFilmAreFoundByTheSeekHead() {
        byte[] cluster = element("1f43b675", new byte[500]);
        byte[] tags = element("1254c367", tag("DATE_RECORDED", "2011-06-05 12:34:56"));
        int head = element("114d9b74", element("4dbb", element("53ab", new byte[4]), element("53ac", int64(0)))).length;
        byte[] seek = element(
                "114d9b74",
                element("4dbb", element("53ab", new byte[4]), element("53ac", int64(head + cluster.length))));
        assertEquals(NOON, captured(matroska(seek, cluster, tags)).local());
    }

    @Test
    void aSeekHeadThatLeadsToItselfEnds() {
        byte[] seek = element(
                "114d9b74", element("4dbb", element("53ac", int64(0))), element("4dbb", element("53ac", int64(5))));
        assertEquals(
                Optional.empty(),
                read(matroska(seek, seek, element("1f43b675"))).captured());
    }

    @Test
    void exifToolsKeywordInPngIsRead() {
        assertEquals(
                NOON,
                captured(png(chunk("tEXt", ascii("create-date\0" + "2011-06-05T12:34:56"))))
                        .local());
    }

    @Test
    void anOffsetAtTheEndOfIditIsNotCut() {
        CaptureTime time = captured(DatePlacesTest.avi("2011-06-05T12:34:56+05:30\0"));
        assertEquals(NOON, time.local());
        assertEquals(Optional.of(ZoneOffset.ofHoursMinutes(5, 30)), time.offset());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<tiff:DateTime>2011-06-05T12:34:56</tiff:DateTime>",
                "<dc:date><rdf:Seq><rdf:li>2011-06-05T12:34:56</rdf:li></rdf:Seq></dc:date>"
            })
    void xmpRecordsChangesInMoreWays(String property) {
        byte[] packet = ascii("http://ns.adobe.com/xap/1.0/\0" + property);
        assertEquals(NOON, captured(Crafted.jpeg(Crafted.segment(packet))).local());
    }

    @ParameterizedTest
    @CsvSource({
        "1980, 1980-01-01T00:00",
        "1970, 1970-01-01T00:00",
        "1904-01, 1904-01-01T00:00",
        "1980-01-01T00:00:00,",
        "1970-01-01T01:00:00+01:00,",
        "1701,",
    })
    void aYearSpelledOutIsNotAnUnsetClock(String text, LocalDateTime expected) {
        byte[] packet = ascii("http://ns.adobe.com/xap/1.0/\0<x photoshop:DateCreated=\"" + text + "\"/>");
        assertEquals(
                Optional.ofNullable(expected),
                read(Crafted.jpeg(Crafted.segment(packet))).captured().map(CaptureTime::local));
    }
}
