package dev.shoebox.simulator.library;

import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.metadata.Metadata;
import dev.shoebox.photos.metadata.field.MediaFacts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import javax.imageio.ImageIO;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SimulatedLibraryTest {
    private static final SimulatedLibrary EVERYTHING = Libraries.generated(GeneratedLibrary.ofEverything(5));

    private static final SimulatedLibrary DEMO = Libraries.demo();

    @TempDir
    private Path folder;

    private static byte[] read(SimulatedLibrary library, String path, long offset, int length) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (SimulatedLibrary.Content content = library.open(path)) {
            for (ByteBuffer part : content.read(offset, length, new SimulatedLibrary.Scratch())) {
                Channels.newChannel(out).write(part);
            }
        }
        return out.toByteArray();
    }

    private static byte[] whole(SimulatedLibrary library, String path) throws IOException {
        return read(library, path, 0, (int) library.find(path).orElseThrow().size());
    }

    private MediaFacts facts(SimulatedLibrary library, String path) throws IOException {
        Path copy = Files.write(folder.resolve("copy"), whole(library, path));
        try (FileChannel channel = FileChannel.open(copy)) {
            return Metadata.read(channel);
        }
    }

    @Test
    void anyPieceOfAFileIsThatPieceOfTheWhole() throws IOException {
        for (String path : List.of("DCIM/100APPLE/IMG_0001.JPG", "DCIM/100APPLE/IMG_0027.MOV")) {
            byte[] whole = whole(EVERYTHING, path);
            for (int offset = 0; offset < whole.length; offset += 61_001) {
                int length = Math.min(70_007, whole.length - offset);
                byte[] piece = read(EVERYTHING, path, offset, length);
                assertArrayEquals(Arrays.copyOfRange(whole, offset, offset + length), piece, path + " at " + offset);
            }
        }
    }

    @Test
    void theSameDescriptionGivesTheSameBytesAndAnotherSeedNone() throws IOException {
        SortedMap<String, SimulatedLibrary.Expected> manifest = EVERYTHING.manifest();
        assertEquals(
                manifest, Libraries.generated(GeneratedLibrary.ofEverything(5)).manifest());
        Set<String> hashes = new HashSet<>();
        manifest.values().forEach(file -> hashes.add(file.sha256()));
        assertEquals(manifest.size(), hashes.size(), "no two files are equal");
        Libraries.generated(GeneratedLibrary.ofEverything(6)).manifest().values().stream()
                .filter(file -> hashes.contains(file.sha256()))
                .findAny()
                .ifPresent(file -> assertTrue(false, "a file of another seed is equal"));
    }

    @Test
    void theManifestListsTheContentOfAFolder() throws IOException {
        Files.createDirectories(folder.resolve("DCIM"));
        Files.writeString(folder.resolve("DCIM/a"), "abc");
        assertEquals(
                new SimulatedLibrary.Expected(3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
                Libraries.folder(folder).manifest().get("DCIM/a"));
    }

    @Test
    void namesRecurInALaterFolder() throws IOException {
        assertEquals(
                List.of("IMG_0001.JPG", "IMG_0002.JPG", "IMG_0003.JPG", "IMG_0004.JPG", "IMG_0005.JPG"),
                EVERYTHING.list("DCIM/101APPLE"));
        assertTrue(EVERYTHING.list("DCIM/100APPLE").contains("IMG_0001.JPG"));
        assertNotEquals(
                EVERYTHING.expected("DCIM/100APPLE/IMG_0001.JPG"), EVERYTHING.expected("DCIM/101APPLE/IMG_0001.JPG"));
    }

    @Test
    void editsAndCloudOriginalsLieWhereIosPutsThem() throws IOException {
        assertEquals(
                List.of("Adjustments.plist", "FullSizeRender.jpg"),
                EVERYTHING.list("PhotoData/Mutations/DCIM/100APPLE/IMG_0032/Adjustments"));
        String name = EVERYTHING.list("PhotoData/CPLAssets/group1").get(0);
        assertTrue(name.matches("[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\\.JPG"), name);
    }

    @Test
    void aPhotoHasItsLocalTimeAndOffset() throws IOException {
        for (String path : List.of("DCIM/100APPLE/IMG_0001.JPG", "DCIM/101APPLE/IMG_0001.JPG")) {
            MediaFacts facts = facts(EVERYTHING, path);
            CaptureTime time = facts.captured().orElseThrow();
            assertEquals(CaptureTime.Origin.EXIF, time.origin());
            assertEquals(Optional.of(ZoneOffset.ofHours(1)), time.offset());
            assertEquals(Optional.of("iPhone 14 Pro"), facts.cameraModel());
            assertEquals(
                    EVERYTHING.find(path).orElseThrow().born(), time.local().toInstant(ZoneOffset.ofHours(1)));
        }
    }

    @Test
    void bothHalvesOfALivePhotoAgree() throws IOException {
        MediaFacts still = facts(EVERYTHING, "DCIM/100APPLE/IMG_0021.HEIC");
        MediaFacts film = facts(EVERYTHING, "DCIM/100APPLE/IMG_0021.MOV");
        assertEquals(CaptureTime.Origin.EXIF, still.captured().orElseThrow().origin());
        assertEquals(
                CaptureTime.Origin.QUICKTIME_CREATION_DATE,
                film.captured().orElseThrow().origin());
        assertEquals(
                still.captured().orElseThrow().local(),
                film.captured().orElseThrow().local());
        assertTrue(still.contentIdentifier().isPresent());
        assertEquals(still.contentIdentifier(), film.contentIdentifier());
    }

    @Test
    void aFilmHasItsIndexAtTheEndAndAScreenshotHasNoDate() throws IOException {
        MediaFacts film = facts(EVERYTHING, "DCIM/100APPLE/IMG_0027.MOV");
        assertTrue(film.captured().isPresent());
        assertFalse(new String(read(EVERYTHING, "DCIM/100APPLE/IMG_0027.MOV", 0, 4000), StandardCharsets.ISO_8859_1)
                .contains("moov"));
        assertTrue(facts(EVERYTHING, "DCIM/100APPLE/IMG_0029.PNG").captured().isEmpty());
    }

    @Test
    void aSmallGeneratedPhotoIsAPictureToAnyDecoder() throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(whole(EVERYTHING, "DCIM/100APPLE/IMG_0001.JPG")));
        assertEquals(8, image.getWidth());
    }

    @Test
    void aHugeLibraryCostsNothingUntilItIsRead() throws IOException {
        long fiveGiB = 5L << 30;
        SimulatedLibrary library = Libraries.generated(GeneratedLibrary.photos(100_000, fiveGiB));
        String last = "DCIM/200APPLE/IMG_0010.JPG";
        assertEquals(fiveGiB, library.find(last).orElseThrow().size());
        byte[] end = read(library, last, fiveGiB - 5, 5);
        assertEquals(5, end.length);
        assertArrayEquals(end, Arrays.copyOfRange(read(library, last, fiveGiB - 9, 9), 4, 9));
    }

    @Test
    void theDemosPhotosCanBeLookedAt() throws IOException {
        int pictures = 0;
        for (String name : DEMO.list("DCIM/101APPLE")) {
            byte[] content = whole(DEMO, "DCIM/101APPLE/" + name);
            if (name.endsWith(".JPG")) {
                assertEquals(
                        1440, ImageIO.read(new ByteArrayInputStream(content)).getWidth(), name);
                pictures++;
            }
        }
        assertEquals(14, pictures);
        assertEquals(
                590,
                ImageIO.read(new ByteArrayInputStream(whole(DEMO, "DCIM/100APPLE/IMG_0090.PNG")))
                        .getWidth());
    }

    @Test
    void filmsOfTheDemoHaveFramesWhereTheirIndexPoints() throws IOException {
        byte[] film = whole(DEMO, "DCIM/100APPLE/IMG_0009.MOV");
        int frames = new String(film, StandardCharsets.ISO_8859_1).indexOf("co64") + 12;
        int first = (int) ByteBuffer.wrap(film).getLong(frames);
        byte[] frame = Arrays.copyOfRange(film, first, film.length);
        assertEquals(480, ImageIO.read(new ByteArrayInputStream(frame)).getWidth());
        CaptureTime time = facts(DEMO, "DCIM/100APPLE/IMG_0009.MOV").captured().orElseThrow();
        assertEquals(LocalDateTime.parse("2023-06-18T10:56:19"), time.local());
    }
}
