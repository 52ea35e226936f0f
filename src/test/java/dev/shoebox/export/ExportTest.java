package dev.shoebox.export;

import dev.shoebox.photos.Library;
import dev.shoebox.photos.LibraryAsset;
import dev.shoebox.photos.LibraryAsset.Trait;
import dev.shoebox.photos.naming.AlbumPath;
import dev.shoebox.photos.sorting.AssetGrouping;
import dev.shoebox.photos.source.MediaFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ExportTest {
    private static final String PHOTOS = "Takeout/Google Photos/";
    private static final String YEAR = PHOTOS + "Photos from 2019/";
    private static final long TAKEN = 1557136800;

    private final Export export = new Export();
    private final List<MediaFile> files = new ArrayList<>();

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private void text(String path, String text) throws IOException {
        export.read(path, bytes(text));
    }

    private void json(String path, String title, long taken, String more) throws IOException {
        text(
                path,
                "{\"title\": \"" + title + "\", \"photoTakenTime\": {\"timestamp\": \"" + taken
                        + "\", \"formatted\": \"x\"}" + more + "}");
    }

    private void photo(String path) {
        photo(path, path.length());
    }

    private void photo(String path, long size) {
        files.add(new MediaFile(path, size, Instant.EPOCH, Optional.empty()));
    }

    private LibraryAsset told(String path) {
        return library().at(path).orElseThrow();
    }

    private Library library() {
        return export.library(files).orElseThrow();
    }

    @Test
    void aTakeoutDescribesAPhoto() throws IOException {
        photo(YEAR + "a.jpg");
        json(
                YEAR + "a.jpg.supplemental-metadata.json",
                "a?.jpg",
                TAKEN,
                ", \"description\": \"At the lake\", \"favorited\": true,"
                        + " \"geoData\": {\"latitude\": 59.9, \"longitude\": 10.7, \"altitude\": 0.0}");
        LibraryAsset told = told(YEAR + "a.jpg");
        assertEquals(Optional.of(Instant.ofEpochSecond(TAKEN)), told.created());
        assertEquals(Optional.of("a?.jpg"), told.originalName());
        assertEquals(Optional.of("At the lake"), told.caption());
        assertEquals(Optional.of(new LibraryAsset.Place(59.9, 10.7)), told.place());
        assertEquals(Set.of(Trait.EXPORTED, Trait.FAVOURITE), told.traits());
    }

    @Test
    void zeroSecondsAreNoTime() throws IOException {
        photo(YEAR + "a.jpg");
        json(YEAR + "a.jpg.json", "a.jpg", 0, ", \"trashed\": true");
        assertEquals(Optional.empty(), told(YEAR + "a.jpg").created());
        assertTrue(told(YEAR + "a.jpg").is(Trait.TRASHED));
    }

    @Test
    void zeroAndZeroAreNoPlace() throws IOException {
        photo(YEAR + "a.jpg");
        json(YEAR + "a.jpg.json", "a.jpg", TAKEN, ", \"geoData\": {\"latitude\": 0.0, \"longitude\": 0.0}");
        assertEquals(Optional.empty(), told(YEAR + "a.jpg").place());
    }

    @Test
    void aCopyInAnAlbumHasTheDateOfThePhotoAndThePhotoTheAlbum() throws IOException {
        photo(PHOTOS + "Gary_s birthday/a.jpg", 7);
        photo(YEAR + "a.jpg", 7);
        json(YEAR + "a.jpg.json", "a.jpg", TAKEN, "");
        text(PHOTOS + "Gary_s birthday/metadata.json", "{\"title\": \"Gary's birthday\"}");
        text(YEAR + "metadata.json", "{\"title\": \"Photos from 2019\"}");
        for (String path : List.of(PHOTOS + "Gary_s birthday/a.jpg", YEAR + "a.jpg")) {
            assertEquals(Optional.of(Instant.ofEpochSecond(TAKEN)), told(path).created());
            assertEquals(List.of(AlbumPath.of("Gary's birthday")), told(path).albums());
        }
    }

    @Test
    void anotherPhotoOfThatNameHasItsOwnDate() throws IOException {
        photo(PHOTOS + "Holiday/a.jpg", 8);
        photo(YEAR + "a.jpg", 7);
        json(YEAR + "a.jpg.json", "a.jpg", TAKEN, "");
        assertEquals(Optional.empty(), library().at(PHOTOS + "Holiday/a.jpg"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"metadata.json", "Metadaten.json", "métadonnées.json", "метаданни.json", "metadatos.json"})
    void anAlbumsFileIsKnownInEveryLanguage(String name) throws IOException {
        photo(PHOTOS + "Sommer/a.jpg");
        json(PHOTOS + "Sommer/a.jpg.json", "a.jpg", TAKEN, "");
        text(PHOTOS + "Sommer/" + name, "{\"title\": \"Sommer / 2019\", \"sharedAlbumComments\": []}");
        assertEquals(
                List.of(AlbumPath.of("Sommer / 2019")),
                told(PHOTOS + "Sommer/a.jpg").albums());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Photos from 2019", "Fotos von 2019", "Photos de 2019", "Fotos de 2019", "Foto dal 2019",
                        "Foto's uit 2019",
                "Zdjęcia z 2019", "Foton från 2019", "2019 年の写真", "Фото за 2019", "Archive", "Papierkorb"
            })
    void aFolderOfGooglesOwnIsNoAlbum(String folder) throws IOException {
        photo(PHOTOS + folder + "/a.jpg");
        json(PHOTOS + folder + "/a.jpg.json", "a.jpg", TAKEN, "");
        text(PHOTOS + folder + "/metadata.json", "{\"title\": \"" + folder + "\"}");
        assertEquals(List.of(), told(PHOTOS + folder + "/a.jpg").albums());
    }

    @Test
    void anAlbumOfAnOldExportIsRecognisedAndAFolderOfADayIsNoAlbum() throws IOException {
        for (String folder : List.of("Oslo", "2015-06-05", "2015-06-05 #2")) {
            photo(PHOTOS + folder + "/a.jpg", folder.length());
            json(PHOTOS + folder + "/a.jpg.json", "a.jpg", TAKEN, "");
            text(PHOTOS + folder + "/metadata.json", "{\"albumData\": {\"title\": \"" + folder + "\"}}");
        }
        assertEquals(List.of(AlbumPath.of("Oslo")), told(PHOTOS + "Oslo/a.jpg").albums());
        assertEquals(List.of(), told(PHOTOS + "2015-06-05/a.jpg").albums());
        assertEquals(List.of(), told(PHOTOS + "2015-06-05 #2/a.jpg").albums());
    }

    @Test
    void theJsonOfAnAlbumNamesAPhotoThatLiesInTheFolderOfItsYear() throws IOException {
        photo(YEAR + "a.jpg");
        json(YEAR + "a.jpg.json", "a.jpg", TAKEN, "");
        json(PHOTOS + "Holiday 2019/a.jpg.json", "a.jpg", TAKEN, "");
        text(PHOTOS + "Holiday 2019/metadata.json", "{\"title\": \"Holiday 2019\"}");
        assertEquals(List.of(AlbumPath.of("Holiday 2019")), told(YEAR + "a.jpg").albums());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Trash", "Bin", "Papierkorb", "Corbeille", "Prullenbak", "Kosz", "Cestino", "ゴミ箱"})
    void photosInTheTrashFolderAreDeletedOnes(String trash) throws IOException {
        photo(YEAR + "a.jpg", 5);
        json(YEAR + "a.jpg.json", "a.jpg", TAKEN, "");
        photo(PHOTOS + trash + "/b.jpg", 6);
        photo(PHOTOS + trash + "/c.jpg", 7);
        json(PHOTOS + trash + "/c.jpg.json", "c.jpg", TAKEN, "");
        assertTrue(told(PHOTOS + trash + "/b.jpg").is(Trait.TRASHED));
        assertTrue(told(PHOTOS + trash + "/c.jpg").is(Trait.TRASHED));
        assertFalse(told(YEAR + "a.jpg").is(Trait.TRASHED));
    }

    @Test
    void photosMarkedTrashedInJsonAreDeletedOnesWhereverTheyAre() throws IOException {
        photo(YEAR + "a.jpg");
        json(YEAR + "a.jpg.json", "a.jpg", TAKEN, ", \"trashed\": true");
        assertTrue(told(YEAR + "a.jpg").is(Trait.TRASHED));
    }

    @Test
    void anAlbumMayBeCalledBin() throws IOException {
        photo(PHOTOS + "Bin/a.jpg");
        json(PHOTOS + "Bin/a.jpg.json", "a.jpg", TAKEN, "");
        text(PHOTOS + "Bin/metadata.json", "{\"title\": \"Bin\"}");
        assertFalse(told(PHOTOS + "Bin/a.jpg").is(Trait.TRASHED));
    }

    @Test
    void aFolderCalledTrashOutsideATakeoutIsAnybodys() throws IOException {
        photo("x/a.jpg");
        json("x/a.jpg.json", "a.jpg", TAKEN, "");
        photo("y/Trash/b.jpg");
        assertEquals(Optional.empty(), library().at("y/Trash/b.jpg"));
    }

    @Test
    void anEditAndTheFilmOfALivePhotoAreOneAssetWithTheirPhoto() throws IOException {
        photo(YEAR + "IMG_1.HEIC");
        photo(YEAR + "IMG_1.MP4");
        photo(YEAR + "IMG_1-edited.jpg");
        photo(YEAR + "IMG_2.MP4");
        json(YEAR + "IMG_1.HEIC.json", "IMG_1.HEIC", TAKEN, "");
        json(YEAR + "IMG_2.HEIC.json", "IMG_2.HEIC", TAKEN + 1, "");
        assertEquals(2, library().size());
        assertEquals(
                Optional.of(Instant.ofEpochSecond(TAKEN)),
                told(YEAR + "IMG_1.HEIC").created());
        assertEquals(
                Optional.of(Instant.ofEpochSecond(TAKEN + 1)),
                told(YEAR + "IMG_2.MP4").created());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "\"x\"",
                "{\"photoTakenTime\": null}",
                "{\"photoTakenTime\": {\"timestamp\": \"soon\"}}",
                "{\"photoTakenTime\": {\"timestamp\": \"99999999999999999999\"}}",
                "{\"photoTakenTime\": {\"timestamp\": 9e300}}",
                "{\"photoTakenTime\": [[[[]]]]}",
            })
    void anInvalidTextIsIgnored(String text) throws IOException {
        photo("a.jpg");
        text("a.jpg.json", text);
        assertEquals(Optional.empty(), export.library(files).flatMap(library -> library.at("a.jpg")
                .flatMap(LibraryAsset::created)));
    }

    @Test
    void aDeepOrLongTextIsIgnored() throws IOException {
        photo("a.jpg");
        text("a.jpg.json", "{\"x\":" + "[".repeat(500_000));
        text("a.jpg.json", "{\"photoTakenTime\": {\"timestamp\": \"1\"}, \"x\": \"" + "x".repeat(2 << 20) + "\"}");
        assertEquals(Optional.empty(), export.library(files));
    }

    private static final String PART = "iCloud Photos Part 1 of 3/";
    private static final String HEADER =
            "imgName,fileChecksum,favorite,hidden,deleted,originalCreationDate,viewCount,importDate\n";

    @Test
    void applesDetailsDescribeThePhotosInTheirFolder() throws IOException {
        photo(PART + "Photos/IMG_1.PNG");
        photo(PART + "Photos/IMG_2.PNG");
        photo("iCloud Photos Part 2 of 3/Photos/IMG_1.PNG");
        text(
                PART + "Photos/Photo Details-1.csv",
                "\ufeff" + HEADER
                        + "IMG_1.PNG,AY,yes,no,no,\"Monday May 6,2019 10:00 AM GMT\",1,\"Monday May 6,2019 10:00 AM GMT\"\r\n"
                        + "IMG_2.PNG,AZ,no,yes,yes,\"Tuesday May 7,2019 12:05 AM GMT\",1,\"x\"\r\n");
        assertEquals(
                Optional.of(Instant.parse("2019-05-06T10:00:00Z")),
                told(PART + "Photos/IMG_1.PNG").created());
        assertEquals(
                Set.of(Trait.EXPORTED, Trait.FAVOURITE),
                told(PART + "Photos/IMG_1.PNG").traits());
        assertEquals(
                Set.of(Trait.EXPORTED, Trait.HIDDEN, Trait.TRASHED),
                told(PART + "Photos/IMG_2.PNG").traits());
        assertEquals(Optional.empty(), library().at("iCloud Photos Part 2 of 3/Photos/IMG_1.PNG"));
    }

    @Test
    void applesDetailsClaimTheFingerprintsOfPhotosInTheirFolderAlone() throws IOException {
        String checksum = "AYnnoj1r4lMYTs3JP/g7mjGaDCgO";
        photo(PART + "Photos/IMG_1.PNG");
        photo(PART + "Photos/IMG_2.PNG");
        photo("iCloud Photos Part 2 of 3/Photos/IMG_1.PNG");
        text(
                PART + "Photos/Photo Details.csv",
                HEADER + "IMG_1.PNG," + checksum + ",no,no,no,x,1,x\r\nIMG_2.PNG,nonsense,no,no,no,x,1,x\r\n");
        Library library = library();
        List<String> claimed = new ArrayList<>();
        AssetGrouping.group(files).forEach(asset -> asset.resources().forEach(resource -> library.claim(asset, resource)
                .ifPresent(claim -> claimed.add(resource.file().path() + " " + claim.fingerprint()))));
        assertEquals(List.of(PART + "Photos/IMG_1.PNG " + checksum), claimed);
    }

    @Test
    void photosInRecentlyDeletedAreDeletedOnes() throws IOException {
        photo(PART + "Photos/IMG_1.PNG");
        photo(PART + "Recently Deleted/IMG_9.JPG");
        photo("My own/Recently Deleted/IMG_9.JPG");
        text(PART + "Photos/Photo Details.csv", HEADER);
        text(PART + "Recently Deleted/Photo Details.csv", "imgName\n");
        assertTrue(told(PART + "Recently Deleted/IMG_9.JPG").is(Trait.TRASHED));
        assertEquals(Optional.empty(), library().at("My own/Recently Deleted/IMG_9.JPG"));
    }

    @Test
    void anAlbumListsPhotosOfAnyPart() throws IOException {
        photo(PART + "Photos/IMG_1.PNG");
        photo(PART + "Photos/IMG_3.PNG");
        photo("iCloud Photos Part 2 of 3/Photos/IMG_2.PNG");
        photo("iCloud Photos Part 2 of 3/Photos/IMG_3.PNG");
        photo("iCloud Photos Part 3 of 3/Photos/IMG_4.PNG");
        photo("iCloud Photos Part 2 of 3/Photos/IMG_4.PNG");
        text(PART + "Photos/Photo Details.csv", HEADER);
        text("iCloud Photos Part 2 of 3/Photos/Photo Details.csv", HEADER);
        text("iCloud Photos Part 3 of 3/Photos/Photo Details.csv", HEADER);
        text(PART + "Albums/Oslo.csv", "Images\nIMG_1.PNG\nIMG_2.PNG\nIMG_3.PNG\nIMG_4.PNG\n");
        text(PART + "Memories/Summer.csv", "imageName\nIMG_1.PNG\n");
        assertEquals(
                List.of(AlbumPath.of("Oslo")), told(PART + "Photos/IMG_1.PNG").albums());
        assertEquals(
                List.of(AlbumPath.of("Oslo")),
                told("iCloud Photos Part 2 of 3/Photos/IMG_2.PNG").albums());
        assertEquals(
                List.of(AlbumPath.of("Oslo")), told(PART + "Photos/IMG_3.PNG").albums());
        assertEquals(Optional.empty(), library().at("iCloud Photos Part 2 of 3/Photos/IMG_3.PNG"));
        assertEquals(Optional.empty(), library().at("iCloud Photos Part 3 of 3/Photos/IMG_4.PNG"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sunday May 28,2017 4:53 PM GMT | 2017-05-28T16:53:00Z",
                "Saturday June 4,2022 12:11 PM GMT | 2022-06-04T12:11:00Z",
                "Saturday June 4,2022 12:11 AM GMT | 2022-06-04T00:11:00Z",
                "Wednesday December 31,1969 11:59 PM GMT | 1969-12-31T23:59:00Z",
                "Monday September 2, 2019 9:05\u202fAM GMT | 2019-09-02T09:05:00Z",
                "Monday September 2,2019 21:05 GMT | 2019-09-02T21:05:00Z",
            })
    void readsApplesDates(String text, Instant date) {
        assertEquals(Optional.of(date), AppleDetails.date(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "Sunday May 32,2017 4:53 PM GMT",
                "Sunday Mai 28,2017 13:53 PM GMT",
                "Sunday Foo 1,2017 1:00 AM GMT"
            })
    void invalidDatesAreRefused(String text) {
        assertEquals(Optional.empty(), AppleDetails.date(text));
    }

    @Test
    void readsQuotedCells() {
        assertEquals(
                List.of(List.of("a", "b,\"c\"\nd", ""), List.of("e")),
                Csv.rows("a,\"b,\"\"c\"\"\nd\",\r\n\r\n e".replace(" e", "e")));
        assertEquals(List.of(List.of("never closed,\n")), Csv.rows("\"never closed,\n"));
    }

    @Test
    void ofTwoRowsWithOneNameOnlyAgreeingFactsCount() {
        var details = AppleDetails.parse(HEADER
                + "A.JPG,A1,yes,no,yes,\"Monday May 6,2019 10:00 AM GMT\",1,x\n"
                + "A.JPG,A2,yes,no,no,\"Monday May 6,2019 10:00 AM GMT\",1,x\n");
        assertEquals(
                new AppleDetails.Detail(
                        Optional.of(Instant.parse("2019-05-06T10:00:00Z")), true, false, false, Optional.empty()),
                details.get("A.JPG"));
    }
}
