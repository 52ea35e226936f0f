package dev.shoebox.photos;

import dev.shoebox.photos.CaptureTime.Origin;
import dev.shoebox.photos.source.MediaFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

import static org.junit.jupiter.api.Assertions.assertEquals;

class CaptureTimeTest {
    private static final Instant EPOCH = Instant.EPOCH;

    private static Optional<CaptureTime> byName(String name) {
        return CaptureTime.of(new MediaFile("some folder/" + name, 1, EPOCH, Optional.empty()));
    }

    private static Optional<CaptureTime> byTimes(String created, String modified) {
        Optional<Instant> birth = created.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(created));
        return CaptureTime.of(new MediaFile("IMG_0001.PNG", 1, Instant.parse(modified), birth));
    }

    @ParameterizedTest
    @CsvSource({
        "IMG-20230115-WA0001.jpg, 2023-01-15T00:00",
        "VID-20230115-WA0001.mp4, 2023-01-15T00:00",
        "PHOTO-2023-01-15-10-11-12.jpg, 2023-01-15T10:11:12",
        "Screenshot 2023-01-15 at 10.11.12.png, 2023-01-15T10:11:12",
        "Screen Shot 2019-01-15 at 9.11.12 PM.png, 2019-01-15T21:11:12",
        "Screen Shot 2019-01-15 at 12.11.12 AM.png, 2019-01-15T00:11:12",
        "Screenshot_2023-01-15-10-11-12-345_com.app.png, 2023-01-15T10:11:12",
        "Screenshot_20230115-101112.png, 2023-01-15T10:11:12",
        "WhatsApp Image 2023-01-15 at 10.11.12.jpeg, 2023-01-15T10:11:12",
        "20230115_101112.jpg, 2023-01-15T10:11:12",
        "VID_20230115_101112.mp4, 2023-01-15T10:11:12",
        "IMG_20230115_101112~2.jpg, 2023-01-15T10:11:12",
        "20230115101112.jpg, 2023-01-15T10:11:12",
        "signal-2023-01-15-10-11-12-345.jpg, 2023-01-15T10:11:12",
        "signal-2023-01-15-101112.jpeg, 2023-01-15T10:11:12",
        "2023-01-15 10.11.12.jpg, 2023-01-15T10:11:12",
        "Foto 2023-01-15.jpg, 2023-01-15T00:00",
        "IMG_20230115.jpg, 2023-01-15T00:00",
        "IMG_20230115_999999.jpg, 2023-01-15T00:00",
        "12345678_20230115.jpg, 2023-01-15T00:00",
        "2024-02-29.jpg, 2024-02-29T00:00",
        "1985-07-14.jpg, 1985-07-14T00:00",
        "Scan 1985-07-14.tif, 1985-07-14T00:00",
        "1895_07_14 great-grandmother.tif, 1895-07-14T00:00",
        "Oma 14.7.1955.jpg, 1955-07-14T00:00",
        "19850714.jpg, 1985-07-14T00:00",
        "19891231.jpg, 1989-12-31T00:00",
        "Scan_19550714_0003.jpg, 1955-07-14T00:00",
        "1900-01-01 the new century.jpg, 1900-01-01T00:00",
        "photo_5123456789@15-01-2023_10-11-12.jpg, 2023-01-15T10:11:12",
        "31-12-2019 party.jpg, 2019-12-31T00:00",
        "12-31-2019 party.jpg, 2019-12-31T00:00",
        "Screenshot 2023-01-15 at 9.11.12\u202fPM.png, 2023-01-15T21:11:12",
        "Bildschirmfoto 2023-01-15 um 10.11.12.png, 2023-01-15T10:11:12",
        "Capture d’écran 2023-01-15 à 10.11.12.png, 2023-01-15T10:11:12",
        "Capture d’e\u0301cran 2023-01-15 a\u0300 10.11.12.png, 2023-01-15T10:11:12",
        "Captura de pantalla 2023-01-15 a las 10.11.12 p. m..png, 2023-01-15T10:11:12",
        "Captura de pantalla 2023-01-15 a la(s) 10.11.12.png, 2023-01-15T00:00",
        "Schermata 2023-01-15 alle 10.11.12.png, 2023-01-15T10:11:12",
        "Skärmavbild 2023-01-15 kl. 10.11.12.png, 2023-01-15T10:11:12",
        "Снимок экрана 2023-01-15 в 10.11.12.png, 2023-01-15T10:11:12",
        "截屏2023-01-15 10.11.12.png, 2023-01-15T10:11:12",
        "写真 2023年1月15日.jpg, 2023-01-15T00:00",
        "WhatsApp Bild 2023-01-15 um 10.11.12_a1b2c3d4.jpg, 2023-01-15T10:11:12",
        "Imagen de WhatsApp 2023-01-15 a las 10.11.12.jpg, 2023-01-15T10:11:12",
        "IMG20230115101112.jpg, 2023-01-15T10:11:12",
        "MVIMG_20230115_101112.jpg, 2023-01-15T10:11:12",
        "00100lrPORTRAIT_00100_BURST20230115101112345_COVER.jpg, 2023-01-15T10:11:12",
        "WP_20130115_10_11_12_Pro.jpg, 2013-01-15T10:11:12",
        "WP_20130115_001.jpg, 2013-01-15T00:00",
        "IMG-20130115-00012.jpg, 2013-01-15T00:00",
        "DJI_20230115101112_0001_D.JPG, 2023-01-15T10:11:12",
        "2023_0115_101112_001.MP4, 2023-01-15T10:11:12",
        "2023-01-15_img_123456.jpg, 2023-01-15T00:00",
    })
    void aDateInTheNameIsFound(String name, LocalDateTime expected) {
        assertEquals(Optional.of(new CaptureTime(expected, Optional.empty(), Origin.FILE_NAME)), byName(name));
    }

    @Test
    void aRecordingOfTheScreenIsNamedByItsSecond() {
        CaptureTime named = byName("RPReplay_Final1565157904.MP4").orElseThrow();
        assertEquals(LocalDateTime.parse("2019-08-07T06:05:04"), named.local());
        assertEquals(Optional.of(ZoneOffset.UTC), named.offset());
        assertEquals(Optional.empty(), byName("RPReplay_Final.MP4"));
        assertEquals(Optional.empty(), byName("RPReplay_Final000000001.MP4"));
    }

    @Test
    void aMessengerCountsMillisecondsInUniversalTime() {
        for (String name : List.of(
                "mmexport1565157904123.jpg",
                "wx_camera_1565157904123.jpg",
                "1565157904123.jpg",
                "FB_IMG_1565157904123.jpg",
                "collage-1565157904123.png")) {
            CaptureTime named = byName(name).orElseThrow();
            assertEquals(LocalDateTime.parse("2019-08-07T06:05:04"), named.local());
            assertEquals(Optional.of(ZoneOffset.UTC), named.offset());
        }
        assertEquals(Optional.empty(), byName("0001565157904.jpg"));
        assertEquals(Optional.empty(), byName("received_156515790412345.jpg"), "the number of a message");
    }

    @Test
    void aPixelNamesItsFilesInUtc() {
        CaptureTime named = byName("PXL_20230115_231112345.jpg").orElseThrow();
        assertEquals(Optional.of(ZoneOffset.UTC), named.offset());
        assertEquals(
                LocalDateTime.of(2023, 1, 16, 0, 11, 12),
                named.placedIn(ZoneId.of("Europe/Zurich")).local());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "IMG_0001.HEIC",
                "12345678.jpg",
                "20231315.jpg",
                "20230230_101112.jpg",
                "2023-02-30.jpg",
                "18950714.jpg",
                "12345678_19550714_n.jpg",
                "19700101.jpg",
                "IMG-19800101-WA0001.jpg",
                "IMG_19800101_000012.jpg",
                "2000-01-01 00.00.00.jpg",
                "1755-07-14.jpg",
                "d41d8cd98f00b204a20190805bf8427e.jpg",
                "05-06-2019 either way.jpg",
                "21000101.jpg",
                "120230115.jpg",
                "202301151.jpg",
                "20230115101112345678.jpg",
                "20191231-1234-4A5B-8C9D-0123456789AB.JPG",
                "1000x2000.png",
                "",
            })
    void digitsThatAreNoDateAreIgnored(String name) {
        assertEquals(Optional.empty(), byName(name));
    }

    @Test
    void theEarlierPlausibleFileTimeIsNearestToTheShot() {
        String early = "2015-05-05T05:05:05Z";
        String late = "2022-02-02T02:02:02Z";
        var utc = Optional.of(ZoneOffset.UTC);
        var local = LocalDateTime.of(2015, 5, 5, 5, 5, 5);

        assertEquals(Optional.of(new CaptureTime(local, utc, Origin.FILE_CREATED)), byTimes(early, late));
        assertEquals(Optional.of(new CaptureTime(local, utc, Origin.FILE_MODIFIED)), byTimes(late, early));
        assertEquals(Optional.of(new CaptureTime(local, utc, Origin.FILE_CREATED)), byTimes(early, early));
        assertEquals(Optional.of(new CaptureTime(local, utc, Origin.FILE_MODIFIED)), byTimes("", early));
    }

    @Test
    void anUnsetClockIsIgnored() {
        String real = "2015-05-05T05:05:05Z";
        for (String unset : new String[] {
            "1970-01-01T00:00:00Z", "1980-01-01T00:00:00Z", "1904-01-01T00:00:00Z", "2107-12-31T23:59:58Z"
        }) {
            assertEquals(Optional.empty(), byTimes(unset, unset), unset);
            assertEquals(
                    Origin.FILE_MODIFIED, byTimes(unset, real).orElseThrow().origin(), unset);
            assertEquals(Origin.FILE_CREATED, byTimes(real, unset).orElseThrow().origin(), unset);
        }
        var never = new MediaFile("a.png", 1, Instant.MAX, Optional.of(Instant.MIN));
        assertEquals(Optional.empty(), CaptureTime.of(never));
    }

    @Test
    void onlyATimeKnownInUtcMovesToAZone() {
        ZoneId tokyo = ZoneId.of("Asia/Tokyo");
        var local = LocalDateTime.of(2021, 12, 31, 20, 0);
        var header = new CaptureTime(local, Optional.of(ZoneOffset.UTC), Origin.QUICKTIME_MOVIE_HEADER);
        var exif = new CaptureTime(local, Optional.empty(), Origin.EXIF);

        assertEquals(
                new CaptureTime(
                        LocalDateTime.of(2022, 1, 1, 5, 0),
                        Optional.of(ZoneOffset.ofHours(9)),
                        Origin.QUICKTIME_MOVIE_HEADER),
                header.placedIn(tokyo));
        assertEquals(exif, exif.placedIn(tokyo));
    }

    /** Digits that may count seconds are a number if they give no possible time, and another part of the name counts. */
    @ParameterizedTest
    @CsvSource({
        "0000000000123_2023-01-15.jpg, 2023-01-15T00:00",
        "IMG_9999999999999_20230115.jpg, 2023-01-15T00:00",
        "IMG_2101011234567_20230115.jpg, 2023-01-15T00:00",
        "2031-01-01 of 2023-01-15.jpg, 2023-01-15T00:00",
        "RPReplay_Final1673777472.mp4, 2023-01-15T10:11:12",
        "RPReplay_Final9999999999.mp4,",
        "2031-01-01.jpg,"
    })
    void aNameGivesNoTimeInTheFuture(String name, LocalDateTime expected) {
        assertEquals(
                Optional.ofNullable(expected),
                CaptureTime.ofName(name, Instant.parse("2026-11-20T08:00:00Z")).map(CaptureTime::local));
    }
}
