package dev.shoebox.photos;

import dev.shoebox.photos.CaptureTime.Origin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
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
    void aPixelNamesWhatItTakesInUniversalTime() {
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
                "19891231.jpg",
                "21000101.jpg",
                "120230115.jpg",
                "202301151.jpg",
                "20230115101112345678.jpg",
                "FB_IMG_1673774472000.jpg",
                "20191231-1234-4A5B-8C9D-0123456789AB.JPG",
                "1000x2000.png",
                "",
            })
    void digitsThatAreNoDateAreNone(String name) {
        assertEquals(Optional.empty(), byName(name));
    }

    @Test
    void theEarlierOfThePlausibleFileTimesIsNearestToTheShot() {
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
    void aClockThatWasNeverSetTellsNothing() {
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
}
