package dev.shoebox.backup.plan;

import dev.shoebox.backup.KnownBackups;
import dev.shoebox.backup.ScriptedSource;
import dev.shoebox.backup.event.BackupResult;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.LibraryAsset.Trait;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.metadata.Crafted;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.Set;

import static dev.shoebox.photos.LibraryAssets.photo;
import static dev.shoebox.photos.LibraryAssets.video;
import static dev.shoebox.photos.metadata.Crafted.ascii;
import static dev.shoebox.photos.metadata.Crafted.box;
import static dev.shoebox.photos.metadata.Crafted.concat;
import static dev.shoebox.photos.metadata.Crafted.exifSegment;
import static dev.shoebox.photos.metadata.Crafted.jpeg;
import static dev.shoebox.photos.metadata.Crafted.keys;
import static dev.shoebox.photos.metadata.Crafted.movieHeader;
import static dev.shoebox.photos.metadata.Crafted.tiff;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The capture time follows from all evidence. All files of the scripted source date from noon on 2024-05-01. */
class CaptureTimeResolverTest extends KnownBackups {
    private static final String STORED = "2023/07/IMG_0001.HEIC";

    private static byte[] exif(String local) {
        return jpeg(exifSegment(tiff().original(local).build()));
    }

    private static byte[] film(byte[]... boxes) {
        return concat(box("ftyp", ascii("qt  ")), box("moov", boxes));
    }

    @Test
    void anOffsetInTheFileCountsIfTheLibraryHasTheSameMoment() throws IOException {
        byte[] bytes = jpeg(exifSegment(
                tiff().original("2023:07:08 09:10:11").exif(0x9011, "+05:45").build()));
        run(
                new ScriptedSource().with(STILL, bytes),
                library(photo(STILL).created("2023-07-08T03:25:11Z").offset(2)));
        assertEquals("\"local\":\"2023-07-08T09:10:11\",\"offset\":\"+05:45\",\"origin\":\"EXIF\"", captured(STORED));
    }

    @Test
    void anOffsetThatExifLacksComesFromTheLibrary() throws IOException {
        run(
                new ScriptedSource().with(STILL, exif("2023:07:08 09:10:11")),
                library(photo(STILL).created("2023-07-08T16:10:11Z").offset(-7)));
        assertEquals(
                "\"local\":\"2023-07-08T09:10:11\",\"offset\":\"-07:00\",\"origin\":\"EXIF_LIBRARY_ZONE\"",
                captured(STORED));
    }

    @Test
    void theMovingHalfKnowsTheOffsetThatTheStillDoesNot() throws IOException {
        byte[] moving = film(keys("com.apple.quicktime.creationdate", "2023-07-08T09:10:12+0200"));
        run(
                new ScriptedSource().with(STILL, exif("2023:07:08 09:10:11")).with(MOVING, moving),
                library(photo(STILL).created("2023-07-08T07:10:11Z").offset(3)));
        assertEquals("\"local\":\"2023-07-08T09:10:11\",\"offset\":\"+02:00\",\"origin\":\"EXIF\"", captured(STORED));
    }

    @Test
    void theLibraryComesBeforeXmpNamesAndFileTimes() throws IOException {
        String path = "DCIM/100APPLE/IMG-20150203-WA0001.JPG";
        byte[] xmp = jpeg(Crafted.segment(
                ascii("http://ns.adobe.com/xap/1.0/\0<x exif:DateTimeOriginal=\"2016-01-01T00:00:00\"/>")));
        run(
                new ScriptedSource().with(path, xmp),
                library(photo(path).created("2023-07-31T23:30:00Z").offset(2)));
        assertEquals(
                "\"local\":\"2023-08-01T01:30\",\"offset\":\"+02:00\",\"origin\":\"LIBRARY\"",
                captured("2023/08/IMG-20150203-WA0001.JPG"));
    }

    @Test
    void withoutALibraryXmpComesBeforeTheNameAndTheNameBeforeFileTimes() throws IOException {
        byte[] xmp = jpeg(Crafted.segment(
                ascii("http://ns.adobe.com/xap/1.0/\0<x exif:DateTimeOriginal=\"2016-01-01T00:00:00\"/>")));
        run(
                new ScriptedSource()
                        .with("DCIM/100APPLE/IMG-20150203-WA0001.JPG", xmp)
                        .with("DCIM/100APPLE/IMG-20150203-WA0002.JPG", "says nothing")
                        .with("DCIM/100APPLE/LQTI4681.JPG", "nothing at all"),
                Library.NONE);
        assertEquals(
                Set.of("2016/01/IMG-20150203-WA0001.JPG", "2015/02/IMG-20150203-WA0002.JPG", "2024/05/LQTI4681.JPG"),
                tree());
    }

    @Test
    void aFutureDateInANameLeavesTheFileItsTimes() throws IOException {
        run(new ScriptedSource().with("DCIM/100APPLE/DSC_20991231.JPG", "says nothing"), Library.NONE);
        assertEquals(Set.of("2024/05/DSC_20991231.JPG"), tree());
    }

    @Test
    void whenAFileWasChangedCountsLessThanTheLibrary() throws IOException {
        byte[] changed = jpeg(exifSegment(tiff().changed("2025:01:01 00:00:00").build()));
        run(
                new ScriptedSource().with(STILL, changed),
                library(photo(STILL).created("2023-07-08T09:10:11Z").offset(0)));
        assertEquals("\"local\":\"2023-07-08T09:10:11\",\"offset\":\"Z\",\"origin\":\"LIBRARY\"", captured(STORED));
    }

    @Test
    void aFilmWithOnlyUtcIsDatedInTheZoneOfTheLibrary() throws IOException {
        String path = "DCIM/100APPLE/IMG_0003.MOV";
        run(
                new ScriptedSource().with(path, film(movieHeader(3_600_000_000L))),
                library(video(path).offset(-8)));
        assertEquals(
                "\"local\":\"2018-01-28T08:00\",\"offset\":\"-08:00\",\"origin\":\"QUICKTIME_MOVIE_HEADER\"",
                captured("2018/01/IMG_0003.MOV"));
    }

    @Test
    void aLaterEditWithoutADateOfItsOwnHasThatOfTheOriginal() throws IOException {
        byte[] original = jpeg(exifSegment(
                tiff().original("2023:07:08 09:10:11").exif(0x9011, "+02:00").build()));
        run(new ScriptedSource().with(STILL, original), Library.NONE);
        run(
                new ScriptedSource()
                        .with(STILL, original)
                        .with("PhotoData/Mutations/DCIM/100APPLE/IMG_0001/Adjustments/FullSizeRender.heic", "an edit"),
                Library.NONE);
        assertEquals(
                "\"local\":\"2023-07-08T09:10:11\",\"offset\":\"+02:00\",\"origin\":\"EXIF\"",
                captured("2023/07/IMG_0001_edited.heic"));
    }

    @Test
    void aStillAndAFilmOfOneNameThatBelongToDifferentShotsAreTwoPhotos() throws IOException {
        byte[] still = jpeg(exifSegment(
                tiff().original("2023:07:08 09:10:11").appleNote("AAAA-1").build()));
        byte[] other = film(keys(
                "com.apple.quicktime.creationdate",
                "2022-01-02T03:04:05+0000",
                "com.apple.quicktime.content.identifier",
                "BBBB-2"));
        BackupResult report = run(new ScriptedSource().with(STILL, still).with(MOVING, other), Library.NONE);
        assertEquals(2, report.counts().copied());
        assertEquals(Set.of("2023/07/IMG_0001.HEIC", "2022/01/IMG_0001.MOV"), tree());

        BackupResult again = run(new ScriptedSource().with(STILL, still).with(MOVING, other), Library.NONE);
        assertEquals(2, again.counts().alreadyBackedUp());
    }

    @Test
    void theHalvesOfALivePhotoStayOne() throws IOException {
        byte[] still = jpeg(exifSegment(
                tiff().original("2023:07:08 09:10:11").appleNote("AAAA-1").build()));
        byte[] moving = film(keys(
                "com.apple.quicktime.creationdate",
                "2023-08-01T00:00:00+0000",
                "com.apple.quicktime.content.identifier",
                "AAAA-1"));
        run(new ScriptedSource().with(STILL, still).with(MOVING, moving), Library.NONE);
        assertEquals(Set.of("2023/07/IMG_0001.HEIC", "2023/07/IMG_0001.MOV"), tree());
    }

    @Test
    void aSeparateFilmOfTheLibraryIsNotAPairedVideo() throws IOException {
        run(
                new ScriptedSource().with(STILL, "a still").with(MOVING, "a film"),
                library(
                        photo(STILL).created("2023-07-08T09:10:11Z").offset(0),
                        video(MOVING).created("2022-01-02T03:04:05Z").offset(0)));
        assertEquals(Set.of("2023/07/IMG_0001.HEIC", "2022/01/IMG_0001.MOV"), tree());
    }

    @Test
    void aDateThatTheOwnerCorrectedInPhotosWins() throws IOException {
        run(
                new ScriptedSource().with(STILL, exif("2024:05:05 11:00:00")),
                library(photo(STILL).created("1985-07-14T10:15:00Z").offset(2)));
        assertEquals(
                "\"local\":\"1985-07-14T12:15\",\"offset\":\"+02:00\",\"origin\":\"OWNER\"",
                captured("1985/07/IMG_0001.HEIC"));
    }

    @Test
    void aCorrectedFilmMovesToo() throws IOException {
        String path = "DCIM/100APPLE/IMG_0004.MOV";
        run(
                new ScriptedSource()
                        .with(path, film(keys("com.apple.quicktime.creationdate", "2020-12-24T18:00:00+0100"))),
                library(video(path).created("2021-12-24T17:00:00Z").offset(1)));
        assertEquals(Set.of("2021/12/IMG_0004.MOV"), tree());
    }

    @Test
    void theOffsetIsDerivedFromTheMomentThatTheLibraryKnows() throws IOException {
        run(
                new ScriptedSource().with(STILL, exif("2023:07:08 09:10:11")),
                library(photo(STILL).created("2023-07-08T00:10:11Z")));
        assertEquals(
                "\"local\":\"2023-07-08T09:10:11\",\"offset\":\"+09:00\",\"origin\":\"EXIF_LIBRARY_ZONE\"",
                captured(STORED));
    }

    @Test
    void rawAndJpegOfDifferentCamerasAreTwoPhotos() throws IOException {
        byte[] raw = tiff().littleEndian().original("2012:05:05 10:00:00").build();
        run(
                new ScriptedSource()
                        .with("DCIM/100CANON/IMG_0042.JPG", exif("2019:08:01 12:00:00"))
                        .with("DCIM/100CANON/IMG_0042.CR2", raw)
                        .with("DCIM/100CANON/IMG_0043.JPG", exif("2012:05:05 10:00:00"))
                        .with("DCIM/100CANON/IMG_0043.CR2", concat(raw, new byte[1])),
                Library.NONE);
        assertEquals(
                Set.of("2019/08/IMG_0042.JPG", "2012/05/IMG_0042.CR2", "2012/05/IMG_0043.JPG", "2012/05/IMG_0043.CR2"),
                tree());
    }

    @Test
    void aFilmThatComesInALaterRunIsComparedWithTheStoredStill() throws IOException {
        byte[] still = exif("2012:05:05 10:00:00");
        byte[] other = film(keys("com.apple.quicktime.creationdate", "2019-08-01T12:00:00+0000"));
        byte[] half = film(keys("com.apple.quicktime.creationdate", "2012-05-05T10:00:01+0000"));
        ScriptedSource source = new ScriptedSource().with(STILL, still).with(NEXT, concat(still, new byte[1]));
        run(source, Library.NONE);
        source.with(MOVING, other).with("DCIM/100APPLE/IMG_0002.MOV", half);
        run(source, Library.NONE);
        assertEquals(
                Set.of("2012/05/IMG_0001.HEIC", "2012/05/IMG_0002.JPG", "2012/05/IMG_0002.MOV", "2019/08/IMG_0001.MOV"),
                tree());
        assertEquals(4, run(source, Library.NONE).counts().alreadyBackedUp());
    }

    @Test
    void aStillThatComesLaterThanAFilmOfItsNameKeepsItsOwnDate() throws IOException {
        ScriptedSource source = new ScriptedSource()
                .with(MOVING, film(keys("com.apple.quicktime.creationdate", "2019-08-01T12:00:00+0000")));
        run(source, Library.NONE);
        source.with(STILL, exif("2012:05:05 10:00:00"));
        run(source, Library.NONE);
        assertEquals(Set.of("2012/05/IMG_0001.HEIC", "2019/08/IMG_0001.MOV"), tree());
        assertEquals(2, run(source, Library.NONE).counts().alreadyBackedUp());
    }

    @Test
    void halvesThatTheLibraryTiesStayTogetherWhateverTheySay() throws IOException {
        run(
                new ScriptedSource()
                        .with(STILL, exif("2023:07:08 09:10:11"))
                        .with(MOVING, film(keys("com.apple.quicktime.creationdate", "2019-08-01T12:00:00+0000"))),
                library(photo(STILL)
                        .created("2023-07-08T09:10:11Z")
                        .offset(0)
                        .original(Role.PHOTO, true, false, 1)
                        .original(Role.PAIRED_VIDEO, true, false, 1)));
        assertEquals(Set.of("2023/07/IMG_0001.HEIC", "2023/07/IMG_0001.MOV"), tree());
    }

    @Test
    void theDayInTheNameOfAScanOutranksTheScannersDate() throws IOException {
        byte[] created = jpeg(
                Crafted.segment(ascii("http://ns.adobe.com/xap/1.0/\0<x xmp:CreateDate=\"2021-03-04T05:06:07\"/>")));
        byte[] original = jpeg(
                Crafted.segment(
                        ascii(
                                "http://ns.adobe.com/xap/1.0/\0<x photoshop:DateCreated=\"1894-06-05\" xmp:CreateDate=\"2021-03-04T05:06:07\"/>")));
        run(
                new ScriptedSource()
                        .with("scans/1985-07-14.jpg", exif("2021:03:04 05:06:07"))
                        .with("scans/Scan 2003-02-01.jpg", created)
                        .with("scans/great-grandmother.jpg", original)
                        .with("scans/2003-02-01 edited.jpg", exif("2003:01:30 05:06:07")),
                Library.NONE);
        assertEquals(
                Set.of(
                        "1985/07/1985-07-14.jpg",
                        "2003/02/Scan 2003-02-01.jpg",
                        "1894/06/great-grandmother.jpg",
                        "2003/01/2003-02-01 edited.jpg"),
                tree());
    }

    @Test
    void aPairedVideoDatedInUtcIsNotAnotherShot() throws IOException {
        run(
                new ScriptedSource()
                        .with(STILL, exif("2019:08:01 14:00:00"))
                        .with(MOVING, film(keys("com.apple.quicktime.creationdate", "2019-08-01T04:00:00Z"))),
                Library.NONE);
        assertEquals(Set.of("2019/08/IMG_0001.HEIC", "2019/08/IMG_0001.MOV"), tree());
        assertTrue(captured("2019/08/IMG_0001.MOV").contains("2019-08-01T14:00"));
    }

    @Test
    void theLocalTimeInANameHoldsWhereAnExportKnowsTheMoment() throws IOException {
        String still = "Takeout/IMG_20210131_235059.jpg";
        String moving = "Takeout/VID_20210131_235159.mp4";
        String corrected = "Takeout/IMG_20210201_111213.jpg";
        long header = 2_082_844_800L + 1_612_155_119L;
        run(
                new ScriptedSource()
                        .with(still, "a still")
                        .with(moving, film(movieHeader(header)))
                        .with(corrected, "another still"),
                library(
                        photo(still).created("2021-02-01T04:50:59Z").is(Trait.EXPORTED),
                        video(moving).created("2021-02-01T04:51:59Z").is(Trait.EXPORTED),
                        photo(corrected).created("1999-09-09T09:09:09Z").is(Trait.EXPORTED)));
        assertEquals(
                Set.of(
                        "2021/01/IMG_20210131_235059.jpg",
                        "2021/01/VID_20210131_235159.mp4",
                        "1999/09/IMG_20210201_111213.jpg"),
                tree());
        assertTrue(captured("2021/01/IMG_20210131_235059.jpg").contains("\"offset\":\"-05:00\""));
    }

    @Test
    void theLocalTimeInANameHoldsWhereTheLibraryKnowsTheMomentAlone() throws IOException {
        String still = "DCIM/100APPLE/IMG_20210131_235059.JPG";
        run(new ScriptedSource().with(still, "a still"), library(photo(still).created("2021-02-01T04:50:59Z")));
        assertEquals(Set.of("2021/01/IMG_20210131_235059.JPG"), tree());
    }
}
