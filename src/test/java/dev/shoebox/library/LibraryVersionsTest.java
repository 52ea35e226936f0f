package dev.shoebox.library;

import dev.shoebox.folder.FolderSource;
import dev.shoebox.library.PhotosDatabase.Ios;
import dev.shoebox.library.database.LibraryResult;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.LibraryAsset;
import dev.shoebox.photos.LibraryAsset.Original;
import dev.shoebox.photos.LibraryAsset.Place;
import dev.shoebox.photos.LibraryAsset.Trait;
import dev.shoebox.photos.LibraryAsset.Upload;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.naming.AlbumPath;
import dev.shoebox.photos.source.MediaSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import static dev.shoebox.library.PhotosDatabase.asset;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The facts from the library of each iOS version, whatever its tables are called there. */
class LibraryVersionsTest {
    private static final String DCIM = "DCIM/100APPLE/";
    private static final Instant MAY = Instant.parse("2024-05-17T09:15:30.250Z");

    @TempDir
    private Path media;

    @TempDir
    private Path cache;

    private Library read() throws IOException {
        LibraryResult reading = reading();
        assertEquals(Optional.empty(), reading.note());
        return reading.library();
    }

    private LibraryResult reading() throws IOException {
        try (MediaSource source = FolderSource.open(media)) {
            return new LibraryReader(cache).read(source, bytes -> {}, () -> false);
        }
    }

    private static LibraryAsset at(Library library, String name) {
        return library.at(DCIM + name).orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(Ios.class)
    void theSizeOfAnOriginalIsKnownWithoutItsRow(Ios ios) throws Exception {
        try (PhotosDatabase database = PhotosDatabase.create(media, ios)) {
            database.add(
                    asset(DCIM + "IMG_0001.HEIC").attribute("ZORIGINALFILESIZE", 2_345_678),
                    asset(DCIM + "IMG_0002.HEIC")
                            .attribute("ZORIGINALFILESIZE", 2_345_678)
                            .resource(1, 1, 0, 0),
                    asset(DCIM + "IMG_0003.HEIC")
                            .attribute("ZORIGINALFILESIZE", 2_345_678)
                            .with("ZSAVEDASSETTYPE", 4));
        }
        Library library = read();
        for (String name : List.of("IMG_0001.HEIC", "IMG_0002.HEIC")) {
            Original original = at(library, name).originals().get(0);
            assertEquals(OptionalLong.of(2_345_678), original.bytes());
            assertEquals(Role.PHOTO, original.role());
        }
        assertEquals(List.of(), at(library, "IMG_0003.HEIC").originals(), "somebody else has the original");
    }

    @ParameterizedTest
    @EnumSource(Ios.class)
    void everyFactOfAnAssetIsRead(Ios ios) throws Exception {
        try (PhotosDatabase database = PhotosDatabase.create(media, ios)) {
            database.album(2, 4000, 1, "Travel")
                    .album(3, 2, 2, "Oslo")
                    .album(4, 2, 1, "Best of")
                    .album(5, 1506, 1, "Import");
            database.add(asset(DCIM + "IMG_0001.HEIC")
                    .created(MAY, 7200)
                    .with("ZKINDSUBTYPE", 2)
                    .with("ZFAVORITE", 1)
                    .with("ZHIDDEN", 1)
                    .with("ZHASADJUSTMENTS", 1)
                    .with("ZADJUSTMENTSSTATE", 2)
                    .with("ZAVALANCHEUUID", "B-1")
                    .with("ZDURATION", 2.5)
                    .with("ZLATITUDE", 59.91)
                    .with("ZLONGITUDE", 10.75)
                    .attribute("ZORIGINALFILENAME", "Sunset.HEIC")
                    .attribute("ZTITLE", "A sunset")
                    .caption("Over the fjord")
                    .keyword("sun")
                    .keyword("sea")
                    .in(3)
                    .in(4)
                    .in(5)
                    .resource(1, 1, 1, 4711)
                    .resource(18, -1, 1, 99)
                    .resource(1, 1, 2, 1, 1, 5)
                    .resource(0, 3, 0, -1, 1, 7)
                    .master(3));

            LibraryAsset read = at(read(), "IMG_0001.HEIC");
            assertEquals(Role.PHOTO, read.kind());
            assertEquals(Set.of(Trait.LIVE, Trait.FAVOURITE, Trait.HIDDEN, Trait.ADJUSTED, Trait.BURST), read.traits());
            assertEquals(Optional.of("Sunset.HEIC"), read.originalName());
            assertEquals(Optional.of(MAY), read.created());
            assertEquals(Optional.of(ZoneOffset.ofHours(2)), read.offset());
            assertEquals(Optional.of("A sunset"), read.title());
            assertEquals(Optional.of("Over the fjord"), read.caption());
            assertEquals(List.of("sun", "sea"), read.keywords());
            assertEquals(List.of(AlbumPath.of("Best of"), AlbumPath.of("Travel", "Oslo")), read.albums());
            assertEquals(Optional.of(new Place(59.91, 10.75)), read.place());
            assertEquals(Optional.of(Duration.ofMillis(2500)), read.duration());
            assertEquals(Optional.of("B-1"), read.burst());
            assertEquals(Upload.UPLOADED, read.upload());
            assertEquals(
                    ios == Ios.IOS_11
                            ? List.of()
                            : List.of(
                                    new Original(
                                            Role.PHOTO, Optional.of(true), Optional.of(true), OptionalLong.of(4711)),
                                    new Original(
                                            Role.PAIRED_VIDEO,
                                            Optional.of(false),
                                            Optional.of(true),
                                            OptionalLong.of(99))),
                    read.originals());
        }
    }

    @ParameterizedTest
    @EnumSource(Ios.class)
    void trashedSharedAndSpecialAssetsAreDistinguished(Ios ios) throws Exception {
        try (PhotosDatabase database = PhotosDatabase.create(media, ios)) {
            database.add(
                    asset(DCIM + "TRASH.JPG").with("ZTRASHEDSTATE", 1),
                    asset(DCIM + "PANO.JPG").with("ZKINDSUBTYPE", 1),
                    asset(DCIM + "SHOT.PNG").with("ZKINDSUBTYPE", 10),
                    asset(DCIM + "SLOW.MOV").with("ZKINDSUBTYPE", 101),
                    asset(DCIM + "LAPSE.MOV").with("ZKINDSUBTYPE", 102),
                    asset(DCIM + "SCREEN.MP4").with("ZKINDSUBTYPE", 103),
                    asset(DCIM + "FAMILY.JPG").with("ZACTIVELIBRARYSCOPEPARTICIPATIONSTATE", 1),
                    asset(DCIM + "SPACE.HEIC").with("ZSPATIALTYPE", 1),
                    asset("PhotoData/PhotoCloudSharingData/1/A/100CLOUD/IMG_0001.JPG")
                            .with("ZSAVEDASSETTYPE", 4)
                            .with("ZBUNDLESCOPE", 2));

            Library library = read();
            assertEquals(Set.of(Trait.TRASHED), at(library, "TRASH.JPG").traits());
            assertEquals(Set.of(Trait.PANORAMA), at(library, "PANO.JPG").traits());
            assertEquals(Set.of(Trait.SCREENSHOT), at(library, "SHOT.PNG").traits());
            assertEquals(Set.of(Trait.SLO_MO), at(library, "SLOW.MOV").traits());
            assertEquals(Role.VIDEO, at(library, "SLOW.MOV").kind());
            assertEquals(Set.of(Trait.TIME_LAPSE), at(library, "LAPSE.MOV").traits());
            assertEquals(
                    Set.of(Trait.SCREEN_RECORDING), at(library, "SCREEN.MP4").traits());
            assertEquals(
                    ios.from(Ios.IOS_16) ? Set.of(Trait.SHARED_LIBRARY) : Set.of(),
                    at(library, "FAMILY.JPG").traits());
            assertEquals(
                    ios.from(Ios.IOS_17_0) ? Set.of(Trait.SPATIAL) : Set.of(),
                    at(library, "SPACE.HEIC").traits());
            assertEquals(
                    Set.of(Trait.SHARED_COPY),
                    library.at("PhotoData/PhotoCloudSharingData/1/A/100CLOUD/IMG_0001.JPG")
                            .orElseThrow()
                            .traits());
        }
    }

    @Test
    void theStateOfTheCloudMasterShowsTheUpload() throws Exception {
        try (PhotosDatabase database = PhotosDatabase.create(media, Ios.IOS_17_6)) {
            database.add(
                    asset(DCIM + "NONE.JPG"),
                    asset(DCIM + "ZERO.JPG").master(0),
                    asset(DCIM + "WAITING.JPG").master(1),
                    asset(DCIM + "OTHER.JPG").master(2),
                    asset(DCIM + "NULL.JPG").master(null),
                    asset(DCIM + "DONE.JPG").master(3),
                    asset(DCIM + "DANGLING.JPG").with("ZMASTER", 99));
            Library library = read();
            Map.of(
                            "NONE.JPG", Upload.NOT_UPLOADED,
                            "ZERO.JPG", Upload.NOT_UPLOADED,
                            "WAITING.JPG", Upload.PENDING,
                            "OTHER.JPG", Upload.UNKNOWN,
                            "NULL.JPG", Upload.UNKNOWN,
                            "DONE.JPG", Upload.UPLOADED,
                            "DANGLING.JPG", Upload.NOT_UPLOADED)
                    .forEach((name, upload) ->
                            assertEquals(upload, at(library, name).upload(), name));
            assertEquals(Optional.of(true), library.icloud());
        }
    }

    @Test
    void icloudIsOffIfNothingWasEverUploadedAndThereIsNoMarker() throws Exception {
        try (PhotosDatabase database = PhotosDatabase.create(media, Ios.IOS_18)) {
            database.add(asset(DCIM + "IMG_0001.JPG"));
            assertEquals(Optional.of(false), read().icloud());
            java.nio.file.Files.createFile(media.resolve("PhotoData/cpl_enabled_marker"));
            assertEquals(Optional.of(true), read().icloud());
            java.nio.file.Files.delete(media.resolve("PhotoData/cpl_enabled_marker"));
            database.execute("DROP TABLE ZCLOUDMASTER");
            assertEquals(Optional.empty(), read().icloud());
        }
    }

    @Test
    void aPhoneThatWasUpgradedIsReadByTheTablesThatItHas() throws Exception {
        try (PhotosDatabase database = PhotosDatabase.create(media, Ios.IOS_13)) {
            database.album(2, 2, 1, "Old").add(asset(DCIM + "IMG_0001.JPG").in(2));
            // The join table of a newer iOS, created but never filled, and one that joins nothing any more.
            database.execute("CREATE TABLE Z_29ASSETS (Z_29ALBUMS INTEGER, Z_3ASSETS INTEGER, Z_FOK_3ASSETS INTEGER)");
            database.execute("CREATE TABLE Z_20ASSETS (Z_20ALBUMS INTEGER, Z_27ASSETS INTEGER)");
            database.execute("INSERT INTO Z_20ASSETS VALUES (700, 1), (2, 800)");
            assertEquals(
                    List.of(AlbumPath.of("Old")), at(read(), "IMG_0001.JPG").albums());
        }
    }

    @Test
    void attributesAreFoundFromEitherSide() throws Exception {
        try (PhotosDatabase database = PhotosDatabase.create(media, Ios.IOS_18)) {
            database.add(asset(DCIM + "IMG_0001.JPG")
                    .attribute("ZORIGINALFILENAME", "Mine.JPG")
                    .keyword("word")
                    .caption("Said"));
            database.execute("ALTER TABLE ZADDITIONALASSETATTRIBUTES DROP COLUMN ZASSET");
            LibraryAsset read = at(read(), "IMG_0001.JPG");
            assertEquals(Optional.of("Mine.JPG"), read.originalName());
            assertEquals(List.of("word"), read.keywords());
            assertEquals(Optional.of("Said"), read.caption());
        }
    }

    @Test
    void albumsInTheTrashAndOnesThatContainThemselvesAreNoTrouble() throws Exception {
        try (PhotosDatabase database = PhotosDatabase.create(media, Ios.IOS_16)) {
            database.album(2, 2, 1, "Thrown away")
                    .album(3, 4000, 4, "A")
                    .album(4, 4000, 3, "B")
                    .album(5, 2, 3, "In");
            database.album(6, 4000, 1, "Bin").album(7, 2, 6, "In the bin").album(8, 2, 999, "Orphan");
            database.execute("UPDATE ZGENERICALBUM SET ZTRASHEDSTATE = 1 WHERE Z_PK IN (2, 6)");
            database.add(asset(DCIM + "IMG_0001.JPG").in(2).in(7).in(8));
            database.add(asset(DCIM + "IMG_0002.JPG").in(5));
            assertEquals(
                    List.of(AlbumPath.of("Orphan")), at(read(), "IMG_0001.JPG").albums());
            assertTrue(at(read(), "IMG_0002.JPG").albums().get(0).shown().endsWith("B/A/In"));
        }
    }

    @Test
    void onlyCopiesInASharedAlbumHaveItsName() throws Exception {
        try (PhotosDatabase database = PhotosDatabase.create(media, Ios.IOS_16)) {
            database.album(2, 1505, 0, "Wedding");
            database.add(
                    asset(DCIM + "IMG_0001.JPG").in(2),
                    asset(DCIM + "IMG_0002.JPG").with("ZBUNDLESCOPE", 2).in(2));
            assertEquals(List.of(), at(read(), "IMG_0001.JPG").albums());
            assertEquals(
                    List.of(AlbumPath.of("Wedding")), at(read(), "IMG_0002.JPG").albums());
        }
    }

    @Test
    void theZoneReplacesAnImpossibleOffset() throws Exception {
        try (PhotosDatabase database = PhotosDatabase.create(media, Ios.IOS_16)) {
            database.add(
                    asset(DCIM + "A.JPG").created(MAY, 6921).attribute("ZTIMEZONENAME", "Europe/Oslo"),
                    asset(DCIM + "B.JPG").created(MAY, 6921).attribute("ZTIMEZONENAME", "Nowhere/Land"),
                    asset(DCIM + "C.JPG").created(MAY, null).attribute("ZINFERREDTIMEZONEOFFSET", -12600),
                    asset(DCIM + "D.JPG").created(MAY, 20700));
            Library library = read();
            assertEquals(
                    Optional.of(ZoneOffset.ofHours(2)), at(library, "A.JPG").offset());
            assertEquals(Optional.empty(), at(library, "B.JPG").offset());
            assertEquals(
                    Optional.of(ZoneOffset.ofHoursMinutes(-3, -30)),
                    at(library, "C.JPG").offset());
            assertEquals(
                    Optional.of(ZoneOffset.ofHoursMinutes(5, 45)),
                    at(library, "D.JPG").offset());
        }
    }

    @Test
    void resourceRowsThatAreMissingOrSayNothingAreNoEvidence() throws Exception {
        try (PhotosDatabase database = PhotosDatabase.create(media, Ios.IOS_26)) {
            database.add(
                    asset(DCIM + "A.JPG"),
                    asset(DCIM + "B.JPG").resource(1, null, null, 0),
                    asset(DCIM + "C.JPG").resource(1, -32768, 1, 5).resource(1, 1, 0, 5));
            Library library = read();
            assertEquals(List.of(), at(library, "A.JPG").originals());
            assertEquals(
                    List.of(new Original(Role.PHOTO, Optional.empty(), Optional.empty(), OptionalLong.empty())),
                    at(library, "B.JPG").originals());
            assertEquals(
                    List.of(new Original(Role.PHOTO, Optional.of(true), Optional.of(true), OptionalLong.of(5))),
                    at(library, "C.JPG").originals());
        }
    }

    /** Each column in turn, then with others. */
    @ParameterizedTest
    @EnumSource(Ios.class)
    void aColumnThatIsMissingCostsItsOwnFactAlone(Ios ios) throws Exception {
        List<String> needed = List.of("Z_PK", "ZDIRECTORY", "ZFILENAME");
        try (PhotosDatabase database = PhotosDatabase.create(media, ios)) {
            database.album(2, 2, 1, "Album");
            database.add(asset(DCIM + "IMG_0001.HEIC")
                    .created(MAY, 3600)
                    .with("ZFAVORITE", 1)
                    .in(2)
                    .master(3)
                    .resource(1, 1, 1, 5));
            LibraryAsset last = at(read(), "IMG_0001.HEIC");
            for (String table : List.of(
                    "ZADDITIONALASSETATTRIBUTES",
                    "ZGENERICALBUM",
                    "ZCLOUDMASTER",
                    "ZINTERNALRESOURCE",
                    ios.assetTable())) {
                boolean isAssets = table.equals(ios.assetTable());
                for (String column : columns(table)) {
                    if (needed.contains(column) || column.equals("ZUUID")) {
                        continue;
                    }
                    boolean before = last.is(Trait.FAVOURITE);
                    database.execute("DROP INDEX IF EXISTS Z_ByAsset");
                    database.execute("ALTER TABLE " + table + " DROP COLUMN " + column);
                    last = at(read(), "IMG_0001.HEIC");
                    assertEquals(before && !(isAssets && column.equals("ZFAVORITE")), last.is(Trait.FAVOURITE), column);
                }
            }
            assertEquals(Set.of(), last.traits());
            assertEquals(Upload.UNKNOWN, last.upload());
            assertEquals(List.of(), last.originals());
        }
    }

    private List<String> columns(String table) throws SQLException {
        try (var connection = java.sql.DriverManager.getConnection(
                        "jdbc:sqlite:" + media.resolve("PhotoData/Photos.sqlite"));
                var rows = connection.createStatement().executeQuery("PRAGMA table_info(" + table + ")")) {
            List<String> names = new java.util.ArrayList<>();
            while (rows.next()) {
                names.add(rows.getString("name"));
            }
            return names;
        }
    }
}
