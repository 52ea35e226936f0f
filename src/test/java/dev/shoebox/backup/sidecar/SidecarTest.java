package dev.shoebox.backup.sidecar;

import dev.shoebox.Programs;
import dev.shoebox.backup.KnownBackups;
import dev.shoebox.backup.ScriptedSource;
import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.backup.plan.BackupSelection;
import dev.shoebox.destination.Sidecars;
import dev.shoebox.json.JsonObject;
import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.LibraryAsset.Trait;
import dev.shoebox.photos.LibraryAssets;
import dev.shoebox.photos.choice.AssetFilter;
import dev.shoebox.photos.choice.ResourceFilter;
import dev.shoebox.photos.naming.AlbumPath;
import dev.shoebox.photos.source.Scope;
import dev.shoebox.text.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

import javax.xml.parsers.DocumentBuilderFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import static dev.shoebox.photos.LibraryAssets.photo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Facts from the library in files beside the photos. */
class SidecarTest extends KnownBackups {
    private static LibraryAssets known() {
        return photo(NEXT)
                .is(Trait.FAVOURITE)
                .originally("DSC_1.JPG")
                .words("Fish & <Chips>", "At the \"quay\"\nin rain", "sea", "food")
                .in("Travel/Oslo")
                .at(59.913889, -10.75);
    }

    private static ScriptedSource source() {
        return new ScriptedSource().with(NEXT, "another");
    }

    private void writing(Sidecar format) {
        wanted = new BackupSelection(
                AssetFilter.EVERYTHING,
                ResourceFilter.ALL,
                BackupSelection.Order.AS_NEEDED,
                Scope.USUAL,
                Optional.of(format));
    }

    private Path sidecar(String extension) {
        return root().resolve("2024/05/IMG_0002.JPG" + extension);
    }

    private BackupEvent.SidecarsWritten told() {
        return events.stream()
                .filter(BackupEvent.SidecarsWritten.class::isInstance)
                .map(BackupEvent.SidecarsWritten.class::cast)
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    private static LibraryAssets dated() {
        return known().created("2019-07-31T22:30:00Z").offset(2);
    }

    /** The sidecar of an earlier version: the same without a date. */
    private String undated(Sidecar format) {
        String content = format.content(new Sidecar.Subject(dated().build(), Optional.empty()));
        return content.replace(Sidecars.DIGEST, "sha256:" + Sha256.hex(content));
    }

    @ParameterizedTest
    @CsvSource({
        "XMP, 1046e6af7ddc4e608ecb7c21299975ada5dcef3946e624ab95fe54b3e921b8d8",
        "JSON, 9a0430d0d90bc633b8e16a26df9bcaec09a9e51fea595036b74ac113ae0994e4"
    })
    void withoutADateItIsIdenticalToThatOfEarlierVersions(Sidecar format, String digest) {
        assertEquals(digest, Sha256.hex(format.content(new Sidecar.Subject(known().build(), Optional.empty()))));
    }

    private Path filedUnderTheDate(Sidecar format) {
        return root().resolve("2019/08/IMG_0002.JPG" + format.extension());
    }

    @Test
    void xmpHasTheDateUnderWhichThePhotoIsFiled() throws Exception {
        writing(Sidecar.XMP);
        run(source(), library(dated()));
        Document read = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(filedUnderTheDate(Sidecar.XMP).toFile());
        for (String property : List.of("exif:DateTimeOriginal", "xmp:CreateDate", "photoshop:DateCreated")) {
            NodeList all = read.getElementsByTagName(property);
            assertEquals(1, all.getLength(), property);
            assertEquals("2019-08-01T00:30:00+02:00", all.item(0).getTextContent(), property);
        }
        assertEquals(
                "http://ns.adobe.com/photoshop/1.0/",
                ((Element) read.getElementsByTagName("rdf:Description").item(0)).getAttribute("xmlns:photoshop"));
    }

    @Test
    void jsonHasTheDateUnderWhichThePhotoIsFiledAndItsOrigin() throws IOException {
        writing(Sidecar.JSON);
        run(source(), library(dated()));
        JsonObject captured = JsonObject.parse(Files.readString(filedUnderTheDate(Sidecar.JSON)))
                .object("captured");
        assertEquals("2019-08-01T00:30:00", captured.text("local"));
        assertEquals("+02:00", captured.text("offset"));
        assertEquals("library", captured.text("origin"));
    }

    @Test
    void theDateStaysThatOfTheFolderWhateverTheLibrarySaysLater() throws IOException {
        writing(Sidecar.JSON);
        run(source(), library(dated()));
        run(source(), library(known().in("Home").created("2001-05-05T12:00:00Z").offset(2)));
        assertEquals(new BackupEvent.SidecarsWritten(0, 1, 0), told());
        assertEquals(
                "2019-08-01T00:30:00",
                JsonObject.parse(Files.readString(filedUnderTheDate(Sidecar.JSON)))
                        .object("captured")
                        .text("local"));
    }

    @Test
    void aFileTimeIsAbsentFromXmpAndMarkedInJson() throws IOException {
        writing(Sidecar.XMP);
        run(source(), library(known()));
        assertFalse(Files.readString(sidecar(".xmp")).contains("Date"));
        writing(Sidecar.JSON);
        run(source(), library(known()));
        String origin = JsonObject.parse(Files.readString(sidecar(".json")))
                .object("captured")
                .text("origin");
        assertTrue(origin.startsWith("file-"), origin);
    }

    @ParameterizedTest
    @EnumSource(Sidecar.class)
    void aSidecarWithoutADateIsRenewedOnlyIfSomethingElseChanges(Sidecar format) throws IOException {
        Path sidecar = filedUnderTheDate(format);
        run(source(), library(dated()));
        Files.writeString(sidecar, undated(format));
        writing(format);
        run(source(), library(dated()));
        assertEquals(new BackupEvent.SidecarsWritten(0, 0, 0), told());
        assertEquals(undated(format), Files.readString(sidecar));
        assertFalse(Files.exists(root().resolve(".shoebox/set-aside/IMG_0002.JPG" + format.extension())));

        run(source(), library(dated().in("Home")));
        assertEquals(new BackupEvent.SidecarsWritten(0, 1, 0), told());
        assertTrue(Files.readString(sidecar).contains("2019-08-01T00:30:00"));
    }

    @Test
    void aTruncatedSidecarOfAnEarlierVersionIsWrittenAgainWithTheDate() throws IOException {
        Path sidecar = filedUnderTheDate(Sidecar.XMP);
        run(source(), library(dated()));
        String whole = undated(Sidecar.XMP);
        Files.writeString(sidecar, whole.substring(0, whole.indexOf("xmpMM:PreservedFileName")));
        writing(Sidecar.XMP);
        run(source(), library(dated()));
        assertEquals(new BackupEvent.SidecarsWritten(0, 1, 0), told());
        assertTrue(Files.readString(sidecar).contains("2019-08-01T00:30:00"));
    }

    @Test
    void anOffsetThatXmpCannotSpellIsLeftOut() {
        LocalDateTime local = LocalDateTime.of(1890, 6, 1, 12, 0, 0, 250_000_000);
        var time = new CaptureTime(
                local, Optional.of(ZoneOffset.ofHoursMinutesSeconds(0, 53, 28)), CaptureTime.Origin.EXIF);
        String text = Sidecar.XMP.content(new Sidecar.Subject(known().build(), Optional.of(time)));
        assertTrue(text.contains("<exif:DateTimeOriginal>1890-06-01T12:00:00.25</"), text);
    }

    @Test
    void exifToolReadsTheResult() throws Exception {
        Programs.require("exiftool");
        writing(Sidecar.XMP);
        run(source(), library(dated()));
        Process exiftool = new ProcessBuilder(
                        "exiftool",
                        "-s3",
                        "-n",
                        "-sep",
                        "; ",
                        "-Title",
                        "-Description",
                        "-Subject",
                        "-TagsList",
                        "-HierarchicalSubject",
                        "-Rating",
                        "-GPSLatitude",
                        "-GPSLongitude",
                        "-PreservedFileName",
                        "-XMP-exif:DateTimeOriginal",
                        "-XMP-xmp:CreateDate",
                        "-XMP-photoshop:DateCreated",
                        "-Warning",
                        "-Error",
                        filedUnderTheDate(Sidecar.XMP).toString())
                .redirectErrorStream(true)
                .start();
        String read = new String(exiftool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, exiftool.waitFor(), read);
        assertEquals(
                List.of(
                        "Fish & <Chips>",
                        "At the \"quay\".in rain",
                        "sea; food",
                        "sea; food; Travel/Oslo",
                        "sea; food; Travel|Oslo",
                        "5",
                        "59.9138890",
                        "-10.75",
                        "DSC_1.JPG",
                        "2019:08:01 00:30:00+02:00",
                        "2019:08:01 00:30:00+02:00",
                        "2019:08:01 00:30:00+02:00"),
                read.lines()
                        .map(line -> line.replace("59.913889", "59.9138890").replace("00000", "0"))
                        .toList());
    }

    @Test
    void changedFactsAreRenewedWithoutThePhotoAndTheOldSidecarIsKept() throws IOException {
        writing(Sidecar.JSON);
        run(source(), library(known()));
        assertEquals(new BackupEvent.SidecarsWritten(1, 0, 0), told());
        assertTrue(Files.readString(sidecar(".json")).contains("\"albums\": [\"Travel/Oslo\"]"));

        ScriptedSource again = source();
        run(again, library(known()));
        assertEquals(new BackupEvent.SidecarsWritten(0, 0, 0), told());

        run(again, library(known().in("Home")));
        assertEquals(new BackupEvent.SidecarsWritten(0, 1, 0), told());
        assertTrue(Files.readString(sidecar(".json")).contains("\"albums\": [\"Home\"]"));
        assertTrue(Files.readString(root().resolve(".shoebox/set-aside/IMG_0002.JPG.json"))
                .contains("Oslo"));
        assertEquals(0, again.timesRead(NEXT));
    }

    @ParameterizedTest
    @EnumSource(Sidecar.class)
    void nothingInASidecarTurnsOrEndsALineAndOtherProgramsReadItWhole(Sidecar format) throws Exception {
        String hostile = "a\u202Eb\u0085c\u2028d\u001B[2Je\uD800f\uFFFE \uD83D\uDE00 ]]> \"q\" \u200F& <x>";
        LibraryAssets asset = photo(NEXT)
                .originally(hostile)
                .words(hostile, hostile, hostile)
                .in(AlbumPath.of("2: 2/2024|a", hostile));
        writing(format);
        run(source(), library(asset));
        String text = Files.readString(sidecar(format.extension()));
        String body = text.substring(text.indexOf('\n'));
        assertTrue(body.codePoints().noneMatch(SidecarTest::misleads), text);

        String kept = hostile.replace("\uD800", "").replace("\uFFFE", "");
        if (format == Sidecar.JSON) {
            JsonObject read = JsonObject.parse(text);
            assertEquals(hostile, read.text("caption"));
            assertEquals(List.of(List.of("2: 2/2024|a", hostile)), read.lists("albumPaths"));
        } else {
            String readable = kept.replace("\u001B", "");
            Document read = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
            assertEquals(List.of(readable), items(read, "dc:title"));
            assertEquals(List.of(readable), items(read, "dc:subject"));
            assertEquals(List.of(readable, "2: 2\u22152024|a/" + readable), items(read, "digiKam:TagsList"));
            assertEquals(List.of(readable, "2: 2/2024\u2223a|" + readable), items(read, "lr:hierarchicalSubject"));
        }
    }

    private static boolean misleads(int point) {
        int type = Character.getType(point);
        return point != '\n'
                && (type == Character.CONTROL
                        || type == Character.FORMAT
                        || type == Character.LINE_SEPARATOR
                        || type == Character.SURROGATE);
    }

    private static List<String> items(Document read, String property) {
        NodeList all = ((Element) read.getElementsByTagName(property).item(0)).getElementsByTagName("rdf:li");
        return IntStream.range(0, all.getLength())
                .mapToObj(at -> all.item(at).getTextContent())
                .toList();
    }

    @Test
    void editedSidecarsStayUnchanged() throws IOException {
        writing(Sidecar.XMP);
        Library library = library(known());
        run(source(), library);
        String own = Files.readString(sidecar(".xmp")).replace(">5<", ">3<");
        Files.writeString(sidecar(".xmp"), own);
        run(source(), library(known().in("Home")));
        assertEquals(new BackupEvent.SidecarsWritten(0, 0, 1), told());
        assertEquals(own, Files.readString(sidecar(".xmp")));
    }

    @Test
    void aSidecarThatACrashCutOffIsMadeAgain() throws IOException {
        writing(Sidecar.XMP);
        run(source(), library(known()));
        String whole = Files.readString(sidecar(".xmp"));
        Files.writeString(sidecar(".xmp"), whole.substring(0, 60));
        run(source(), library(known()));
        assertEquals(new BackupEvent.SidecarsWritten(0, 1, 0), told());
        assertEquals(whole, Files.readString(sidecar(".xmp")));
    }
}
