package dev.shoebox.backup;

import dev.shoebox.json.JsonObject;
import dev.shoebox.photos.AlbumPath;
import dev.shoebox.photos.Choice;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.LibraryAsset.Trait;
import dev.shoebox.photos.LibraryAssets;
import dev.shoebox.photos.Parts;
import dev.shoebox.photos.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static dev.shoebox.photos.LibraryAssets.photo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What a library knows, in files beside photos. */
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
        wanted = new Wanted(Choice.EVERYTHING, Parts.ALL, Wanted.Order.AS_NEEDED, Scope.USUAL, Optional.of(format));
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

    @Test
    void exifToolReadsWhatWasWritten() throws Exception {
        assumeTrue(
                Stream.of("/usr/bin/exiftool", "/usr/local/bin/exiftool").anyMatch(path -> Files.exists(Path.of(path))),
                "no exiftool here; the XMP is not read by another program");
        writing(Sidecar.XMP);
        run(source(), library(known()));
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
                        "-Warning",
                        "-Error",
                        sidecar(".xmp").toString())
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
                        "DSC_1.JPG"),
                read.lines()
                        .map(line -> line.replace("59.913889", "59.9138890").replace("00000", "0"))
                        .toList());
    }

    @Test
    void whatChangedIsRenewedWithoutThePhotoAndTheOldOneIsKept() throws IOException {
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
    void whatSomebodyChangedStaysAsItIs() throws IOException {
        writing(Sidecar.XMP);
        Optional<Library> library = library(known());
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
