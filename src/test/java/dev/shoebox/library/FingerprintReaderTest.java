package dev.shoebox.library;

import dev.shoebox.library.PhotosDatabase.Ios;
import dev.shoebox.library.PhotosDatabase.Row;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.fingerprint.Claim;
import dev.shoebox.photos.fingerprint.Fingerprint;
import dev.shoebox.photos.fingerprint.FingerprintDigest;
import dev.shoebox.photos.sorting.AssetGrouping;
import dev.shoebox.photos.source.MediaFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import static dev.shoebox.library.PhotosDatabase.asset;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Fingerprints are found by the shape of the columns, for each file of an asset, and invalid ones are ignored. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FingerprintReaderTest {
    private static final String STILL = "DCIM/100APPLE/IMG_0001.HEIC";
    private static final String FILM = "DCIM/100APPLE/IMG_0001.MOV";
    private static final String EDIT = "PhotoData/Mutations/DCIM/100APPLE/IMG_0001/Adjustments/FullSizeRender.heic";

    @TempDir
    private Path media;

    @TempDir
    private Path home;

    private static String print(String of) {
        var digest = new FingerprintDigest();
        byte[] bytes = of.getBytes(UTF_8);
        digest.update(bytes, 0, bytes.length);
        return digest.complete().text();
    }

    /** A library with these additional columns and rows. */
    private Library library(Ios ios, List<String> attributes, List<String> resources, Row... rows) throws Exception {
        try (PhotosDatabase database = PhotosDatabase.create(media, ios)) {
            alter("ZADDITIONALASSETATTRIBUTES", attributes);
            alter("ZINTERNALRESOURCE", resources);
            database.add(rows).checkpoint();
            for (String column : resources) {
                sql("UPDATE ZINTERNALRESOURCE SET " + column + " = '" + print("film")
                        + "' WHERE ZDATASTORESUBTYPE = 18");
                sql("UPDATE ZINTERNALRESOURCE SET " + column + " = '" + print("original")
                        + "' WHERE ZDATASTORESUBTYPE = 1");
            }
            try (WatchedPhone phone = new WatchedPhone(media)) {
                return new LibraryReader(home.resolve("cache"))
                        .read(phone, bytes -> {}, () -> false)
                        .library();
            }
        }
    }

    private void alter(String table, List<String> columns) throws Exception {
        for (String column : columns) {
            sql("ALTER TABLE " + table + " ADD COLUMN " + column + " VARCHAR");
        }
    }

    private void sql(String statement) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + media.resolve("PhotoData/Photos.sqlite"));
                var sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    private static Map<String, Optional<Claim>> claims(Library library, String... paths) {
        List<MediaFile> files = Arrays.stream(paths)
                .map(path -> new MediaFile(path, 10, Instant.EPOCH, Optional.empty()))
                .toList();
        Map<String, Optional<Claim>> claims = new LinkedHashMap<>();
        for (Asset asset : AssetGrouping.group(files)) {
            for (Resource resource : asset.resources()) {
                claims.put(resource.file().path(), library.claim(asset, resource));
            }
        }
        return claims;
    }

    private static Optional<Claim> claim(String of, long size) {
        return Optional.of(new Claim(
                Fingerprint.of(print(of)).orElseThrow(), size < 0 ? OptionalLong.empty() : OptionalLong.of(size)));
    }

    @Test
    void eachFileOfAnAssetHasItsOwn() throws Exception {
        Library library = library(
                Ios.IOS_16,
                List.of("ZMASTERFINGERPRINT", "ZADJUSTEDFINGERPRINT"),
                List.of("ZFINGERPRINT"),
                asset(STILL)
                        .attribute("ZMASTERFINGERPRINT", print("original"))
                        .attribute("ZORIGINALFILESIZE", 4711)
                        .attribute("ZADJUSTEDFINGERPRINT", print("edit"))
                        .resource(1, 1, 1, 4711)
                        .resource(18, 1, 1, 815),
                asset("DCIM/100APPLE/IMG_0002.MOV"));
        assertEquals(
                Map.of(
                        STILL,
                        claim("original", 4711),
                        FILM,
                        claim("film", 815),
                        EDIT,
                        claim("edit", -1),
                        "DCIM/100APPLE/IMG_0002.MOV",
                        Optional.empty()),
                claims(library, STILL, FILM, EDIT, "DCIM/100APPLE/IMG_0002.MOV"));
        assertEquals(
                Map.of(
                        "ZADDITIONALASSETATTRIBUTES.ZMASTERFINGERPRINT", 1,
                        "ZADDITIONALASSETATTRIBUTES.ZADJUSTEDFINGERPRINT", 1,
                        "ZINTERNALRESOURCE.ZFINGERPRINT", 2),
                library.claims().counts());
    }

    @Test
    void theNewerColumnsAreKnownWhateverTheVersion() throws Exception {
        Library library = library(
                Ios.IOS_13,
                List.of("ZORIGINALSTABLEHASH", "ZADJUSTEDSTABLEHASH"),
                List.of("ZSTABLEHASH"),
                asset(STILL)
                        .attribute("ZORIGINALSTABLEHASH", print("original"))
                        .attribute("ZADJUSTEDSTABLEHASH", print("edit")));
        assertEquals(Map.of(STILL, claim("original", -1), EDIT, claim("edit", -1)), claims(library, STILL, EDIT));
    }

    @Test
    void aResourceHasTheFingerprintIfTheAttributesLackIt() throws Exception {
        Library library = library(
                Ios.IOS_18, List.of(), List.of("ZFINGERPRINT"), asset(STILL).resource(1, 1, 1, 99));
        assertEquals(Map.of(STILL, claim("original", 99)), claims(library, STILL));
    }

    @Test
    void whereColumnsContradictEachOtherBothAreClaimed() throws Exception {
        Library library = library(
                Ios.IOS_18,
                List.of("ZORIGINALSTABLEHASH", "ZMASTERFINGERPRINT"),
                List.of("ZFINGERPRINT"),
                asset(STILL)
                        .attribute("ZORIGINALSTABLEHASH", print("stale"))
                        .resource(1, 1, 1, 99)
                        .resource(18, 1, 1, 815),
                asset("DCIM/100APPLE/IMG_0002.JPG")
                        .attribute("ZORIGINALSTABLEHASH", print("new"))
                        .attribute("ZMASTERFINGERPRINT", print("old")));
        Map<String, Optional<Claim>> claims = claims(library, STILL, FILM, "DCIM/100APPLE/IMG_0002.JPG");
        Fingerprint original = Fingerprint.of(print("original")).orElseThrow();
        assertEquals(
                Optional.of(new Claim(
                        Fingerprint.of(print("stale")).orElseThrow(), Optional.of(original), OptionalLong.of(99))),
                claims.get(STILL));
        assertTrue(claims.get(STILL).orElseThrow().isOf(original));
        assertEquals(claim("film", 815), claims.get(FILM));
        Claim second = claims.get("DCIM/100APPLE/IMG_0002.JPG").orElseThrow();
        assertTrue(second.isDisputed());
        assertTrue(second.isOf(Fingerprint.of(print("old")).orElseThrow()));
    }

    @Test
    void invalidFingerprintsAreIgnored() throws Exception {
        Library library = library(
                Ios.IOS_16,
                List.of("ZMASTERFINGERPRINT"),
                List.of(),
                asset(STILL).attribute("ZMASTERFINGERPRINT", "Zm9v"),
                asset("DCIM/100APPLE/IMG_0002.JPG").attribute("ZMASTERFINGERPRINT", new byte[21]),
                asset("DCIM/100APPLE/IMG_0003.JPG").attribute("ZMASTERFINGERPRINT", "x".repeat(100_000)),
                asset("DCIM/100APPLE/IMG_0004.JPG").attribute("ZMASTERFINGERPRINT", 17));
        assertTrue(library.claims().isEmpty());
        assertEquals(4, library.size());
    }

    @Test
    void ofTwoAssetsAtOnePathTheOneOutsideTheTrashCounts() throws Exception {
        Library library = library(
                Ios.IOS_16,
                List.of("ZMASTERFINGERPRINT"),
                List.of(),
                asset(STILL).attribute("ZMASTERFINGERPRINT", print("original")),
                asset(STILL).with("ZTRASHEDSTATE", 1).attribute("ZMASTERFINGERPRINT", print("trashed")));
        assertEquals(Map.of(STILL, claim("original", -1)), claims(library, STILL));
    }
}
