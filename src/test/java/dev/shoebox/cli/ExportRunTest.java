package dev.shoebox.cli;

import dev.shoebox.ReportedCases;
import dev.shoebox.photos.metadata.Crafted;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Whole runs over archives as Google, Apple and users make them. */
class ExportRunTest {
    private static final String GOOGLE = "Takeout/Google Photos/";
    private static final Instant EXPORTED = Instant.parse("2026-02-28T22:08:00Z");

    @TempDir
    private Path home;

    @TempDir
    private Path media;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(home);
    }

    private Path backup() {
        return home.resolve("backup");
    }

    private int backUp(Object... from) {
        List<Object> words = new ArrayList<>(List.of("backup", "--json", "-v", "--time-zone", "Europe/Zurich"));
        for (Object each : from) {
            words.addAll(List.of("--from", each));
        }
        words.add(backup());
        return shell.shoebox(words.toArray());
    }

    private Map<String, Object> summary() throws IOException {
        return shell.events("summary").get(0);
    }

    /** Stored photos and films, without sidecars and companions. */
    private Set<String> stored() throws IOException {
        try (Stream<Path> files = Files.walk(backup())) {
            Set<String> stored = new TreeSet<>();
            files.filter(Files::isRegularFile)
                    .map(file -> backup().relativize(file).toString())
                    .filter(file -> file.contains("/") && !file.startsWith(".shoebox") && !file.endsWith(".json"))
                    .forEach(stored::add);
            return stored;
        }
    }

    private static String jpeg(String content) {
        return "\u00ff\u00d8\u00ff\u00e0" + content;
    }

    private static String json(String title, String taken, String more) {
        return "{\"title\": \"" + title + "\", \"creationTime\": {\"timestamp\": \"1709434983\"},"
                + " \"photoTakenTime\": {\"timestamp\": \""
                + Instant.parse(taken).getEpochSecond() + "\"}" + more + "}";
    }

    private Path zip(String name, Map<String, String> files) throws IOException {
        Path zip = media.resolve(name);
        Files.createDirectories(zip.getParent());
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip), UTF_8)) {
            for (Map.Entry<String, String> file : new java.util.TreeMap<>(files).entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                entry.setLastModifiedTime(FileTime.from(EXPORTED));
                out.putNextEntry(entry);
                out.write(file.getValue().getBytes(file.getKey().endsWith(".jpg") ? ISO_8859_1 : UTF_8));
            }
        }
        return zip;
    }

    @Test
    void theJsonOfATakeoutDatesItsPhotos() throws IOException {
        Path zip = ReportedCases.unpack("D3-takeout-json", media).resolve("takeout-20240829T124548Z-001.zip");
        assertEquals(0, backUp(zip), shell::err);
        assertEquals(Set.of("2013/12/816226709_8639.jpg", "2016/07/movie.MP4", "2017/02/IMG_3397.PNG"), stored());
    }

    @Test
    void everyNameOfATakeoutsJsonIsUnderstood() throws IOException {
        Path takeout = ReportedCases.unpack("D11-places-not-read", media).resolve("takeout");
        assertEquals(0, backUp(takeout), shell::err);
        assertTrue(
                stored().containsAll(Set.of(
                        "2019/05/5C1F3BA2.jpg",
                        "2019/05/a.jpg",
                        "2019/06/a(1).jpg",
                        "2019/05/IMG_0003.jpg",
                        "2019/05/IMG_0003_edited.jpg",
                        "2019/05/ThisIsAPhotoWithAVeryLongNameForATakeoutExport.jpg",
                        "2019/05/clip.mp4",
                        "2020/05/IMG_0002.MP4",
                        "2019/05/PXL_20190506_100500123.MP.jpg",
                        "2019/05/PXL_20190506_100500123.MP.MP")),
                () -> shell.out());
        assertTrue(stored().stream().noneMatch(path -> path.contains("del")), "what was thrown away stays out");
        assertEquals(1, summary().get("recentlyDeleted"), () -> shell.out());
    }

    @Test
    void applesDetailsDateTheirPhotos() throws IOException {
        Path export = ReportedCases.unpack("D11-places-not-read", media).resolve("icloud");
        assertEquals(0, backUp(export), shell::err);
        assertTrue(
                stored().containsAll(Set.of(
                        "2019/05/IMG_0740.PNG",
                        "2019/05/IMG_0740(1).PNG",
                        "2019/05/IMG_07401.JPG",
                        "2019/08/RPReplay_Final1565157904.MP4")),
                () -> shell.out());
        assertTrue(stored().stream().noneMatch(path -> path.contains("IMG_0999")), "what was thrown away stays out");
    }

    @Test
    void aFolderOfZipsIsReadAsOneSource() throws IOException {
        Path folder = ReportedCases.unpack("S4-folder-of-zips", media);
        assertEquals(0, backUp(folder), shell::err);
        assertEquals(3, stored().size());
        assertEquals(0, backUp(folder), shell::err);
        assertEquals(0, summary().get("copied"));
    }

    @Test
    void theJsonMayLieInAnotherPartThanThePhoto() throws IOException {
        Path one = zip(
                "takeout-20260228T220800Z-001.zip",
                Map.of(
                        GOOGLE + "Photos from 2011/a.jpg.supplemental-metadata.json",
                        json("a.jpg", "2011-03-04T10:00:00Z", ""),
                        GOOGLE + "Photos from 2012/b.jpg",
                        jpeg("b")));
        Path two = zip(
                "takeout-20260228T220800Z-002.zip",
                Map.of(
                        GOOGLE + "Photos from 2011/a.jpg",
                        jpeg("a"),
                        GOOGLE + "Photos from 2012/b.jpg.json",
                        json("b.jpg", "2012-05-06T10:00:00Z", ", \"trashed\": false")));
        assertEquals(0, backUp(two, one), shell::err);
        assertEquals(Set.of("2011/03/a.jpg", "2012/05/b.jpg"), stored());
        assertEquals(0, backUp(one, two), shell::err);
        assertEquals(0, summary().get("copied"));
        assertEquals(0, summary().get("duplicates"));
    }

    @Test
    void aTakeoutIsTheSameUnpackedAndInATar() throws IOException {
        Map<String, String> files = Map.of(
                GOOGLE + "Fotos von 2011/a.jpg.suppl.json", json("a.jpg", "2011-03-04T10:00:00Z", ""),
                GOOGLE + "Fotos von 2011/a.jpg", jpeg("a"),
                GOOGLE + "Papierkorb/b.jpg", jpeg("b"));
        Path unpacked = media.resolve("unpacked");
        Path tar = media.resolve("takeout-20260228T220800Z-001.tgz");
        try (var out = new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(tar)))) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                byte[] content = file.getValue().getBytes(ISO_8859_1);
                Path there = unpacked.resolve(file.getKey());
                Files.createDirectories(there.getParent());
                Files.write(there, content);
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                entry.setSize(content.length);
                out.putArchiveEntry(entry);
                out.write(content);
                out.closeArchiveEntry();
            }
        }
        for (Path from : List.of(unpacked, tar)) {
            Path backup = home.resolve("of " + from.getFileName());
            assertEquals(0, shell.shoebox("backup", "--json", "--from", from, backup), shell::err);
            assertTrue(Files.exists(backup.resolve("2011/03/a.jpg")), from::toString);
            assertEquals(1, summary().get("recentlyDeleted"), from::toString);
        }
    }

    @Test
    void aPartThatWasForgottenIsNamed() throws IOException {
        Path one = zip("takeout-20260228T220800Z-001.zip", Map.of(GOOGLE + "x/a.jpg", jpeg("a")));
        Path two = zip("takeout-20260228T220800Z-002.zip", Map.of(GOOGLE + "x/b.jpg", jpeg("b")));
        zip("takeout-20250101T000000Z-001.zip", Map.of(GOOGLE + "x/c.jpg", jpeg("c")));
        assertEquals(0, backUp(one), shell::err);
        assertTrue(shell.err().contains("takeout-20260228T220800Z-002.zip"), shell.err());
        assertEquals(0, backUp(one, two), shell::err);
        assertEquals(
                "", shell.err().lines().filter(line -> line.contains("part")).collect(Collectors.joining()));
    }

    @Test
    void archivesMayFollowEachOtherAsAShellWritesThem() throws IOException {
        Path one = zip("takeout-20260228T220800Z-001.zip", Map.of(GOOGLE + "x/a.jpg", jpeg("a")));
        Path two = zip("takeout-20260228T220800Z-002.zip", Map.of(GOOGLE + "x/b.jpg", jpeg("b")));
        Path three = zip("c.zip", Map.of("c.jpg", jpeg("c")));
        assertEquals(0, shell.shoebox("backup", "--from", one, two, three, backup()), shell::err);
        assertEquals(3, stored().size());
        assertEquals(2, shell.shoebox("backup", "--from", one, backup(), two), shell::err);
    }

    @Test
    void theCopyInAnAlbumIsNotFiledUnderTheDayOfTheExport() throws IOException {
        zip(
                "takeout-20260228T220800Z-001.zip",
                Map.of(
                        GOOGLE + "Album/a.jpg", jpeg("a"),
                        GOOGLE + "Album/Metadaten.json", "{\"title\": \"Sommer\"}",
                        GOOGLE + "Fotos von 2011/a.jpg", jpeg("a"),
                        GOOGLE + "Fotos von 2011/a.jpg.json", json("a.jpg", "2011-03-04T10:00:00Z", "")));
        assertEquals(0, backUp(media), shell::err);
        assertEquals(Set.of("2011/03/a.jpg"), stored());
    }

    @Test
    void albumsOfAnExportCanBeChosenAndAreKept() throws IOException {
        zip(
                "takeout-20260228T220800Z-001.zip",
                Map.of(
                        GOOGLE + "Sommer/a.jpg", jpeg("a"),
                        GOOGLE + "Sommer/a.jpg.json", json("a.jpg", "2011-03-04T10:00:00Z", ""),
                        GOOGLE + "Sommer/metadata.json", "{\"title\": \"Sommer\"}",
                        GOOGLE + "Photos from 2012/b.jpg", jpeg("b"),
                        GOOGLE + "Photos from 2012/b.jpg.json", json("b.jpg", "2012-05-06T10:00:00Z", "")));
        assertEquals(0, shell.shoebox("backup", "--json", "--album", "Sommer", "--from", media, backup()), shell::err);
        assertEquals(Set.of("2011/03/a.jpg"), stored());
        assertEquals(0, shell.shoebox("albums", backup()), shell::err);
        assertTrue(shell.out().contains("Sommer"), shell.out());
    }

    @Test
    void thePhotosOwnDateOutranksTheJson() throws IOException {
        zip(
                "takeout-20260228T220800Z-001.zip",
                Map.of(
                        GOOGLE + "Photos from 2012/IMG_20110304_100000.jpg", jpeg("a"),
                        GOOGLE + "Photos from 2012/IMG_20110304_100000.jpg.json",
                                json("IMG_20110304_100000.jpg", "2012-05-06T10:00:00Z", "")));
        assertEquals(0, backUp(media), shell::err);
        assertEquals(Set.of("2012/05/IMG_20110304_100000.jpg"), stored(), "a name is worth less");
        assertEquals(0, shell.shoebox("why", backup().resolve("2012/05/IMG_20110304_100000.jpg")), shell::err);
        assertTrue(shell.out().contains("export"), shell.out());
    }

    @Test
    void anUnreadableArchiveIsReportedWithAdvice() throws IOException {
        Files.write(media.resolve("1.jpg"), jpeg("1").getBytes(ISO_8859_1));
        Files.writeString(media.resolve("photos.zip.001"), "PK");
        assertEquals(3, backUp(media), "photos may be in it");
        assertEquals(2, backUp(media.resolve("photos.zip.001")), shell::err);
        assertTrue(shell.err().contains("join"), shell.err());
    }

    @Test
    void swappedHalvesOfLivePhotosComeTogether() throws IOException {
        Map<String, byte[]> files = Map.of(
                "IMG_1.JPG", still("2019:05:06 10:00:00", "7A7D-A"),
                "IMG_1(1).JPG", still("2020:07:08 10:00:00", "7A7D-B"),
                "IMG_1.MOV", film("2020-07-08T10:00:01+0200", "7A7D-B"),
                "IMG_1(1).MOV", film("2019-05-06T10:00:01+0200", "7A7D-A"));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(media.resolve(file.getKey()), file.getValue());
        }
        assertEquals(0, backUp(media), shell::err);
        assertEquals(
                Set.of("2019/05/IMG_1.JPG", "2019/05/IMG_1.MOV", "2020/07/IMG_1(1).JPG", "2020/07/IMG_1(1).MOV"),
                stored());
        assertEquals(0, backUp(media), shell::err);
        assertEquals(0, summary().get("copied"));
    }

    private static byte[] still(String taken, String tie) {
        return Crafted.jpeg(Crafted.exifSegment(
                Crafted.tiff().original(taken).appleNote(tie).build()));
    }

    private static byte[] film(String taken, String tie) {
        byte[] keys =
                Crafted.keys("com.apple.quicktime.creationdate", taken, "com.apple.quicktime.content.identifier", tie);
        return Crafted.concat(
                Crafted.box("ftyp", Crafted.ascii("qt  ")),
                Crafted.box("moov", Crafted.movieHeader(3_600_000_000L), keys));
    }

    @Test
    void severalFoldersMayBeConfigured() throws IOException {
        Path one = Files.createDirectory(media.resolve("one"));
        Path two = Files.createDirectory(media.resolve("two"));
        Files.write(one.resolve("1.jpg"), jpeg("1").getBytes(ISO_8859_1));
        Files.write(two.resolve("2.jpg"), jpeg("2").getBytes(ISO_8859_1));
        Path config = Files.createDirectories(home.resolve("config/shoebox")).resolve("config.toml");
        Files.writeString(config, "from = [\"%s\", \"%s\"]\n".formatted(one, two));
        assertEquals(0, shell.shoebox("backup", backup()), shell::err);
        assertEquals(2, stored().size());
    }
}
