package dev.shoebox.cli;

import dev.shoebox.library.PhotosDatabase;
import dev.shoebox.library.PhotosDatabase.Ios;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import static dev.shoebox.library.PhotosDatabase.asset;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** Finds photos in a backup by what a user remembers of them. */
class FindTest {
    private static final String DCIM = "DCIM/100APPLE/";

    @TempDir
    private Path home;

    @TempDir
    private Path media;

    private Shell shell;
    private Path backup;

    @BeforeEach
    void backUp() throws Exception {
        shell = new Shell(home);
        backup = home.resolve("backup");
        Path folder = Files.createDirectories(media.resolve(DCIM));
        Files.write(folder.resolve("IMG_0001.JPG"), located(59.9, 10.7));
        Files.write(folder.resolve("IMG_0001.MOV"), Pictures.film("1"));
        Files.write(folder.resolve("IMG_0002.JPG"), Pictures.jpeg("2"));
        Files.write(folder.resolve("IMG_0003.JPG"), Pictures.jpeg("3"));
        try (PhotosDatabase database = PhotosDatabase.create(media, Ios.IOS_18)) {
            database.album(9, 4000, 1, "Travel").album(7, 2, 9, "Oslo");
            database.add(
                    asset(DCIM + "IMG_0001.JPG")
                            .in(7)
                            .created(Instant.parse("2024-05-31T23:30:00Z"), 7200)
                            .with("ZKINDSUBTYPE", 2),
                    asset(DCIM + "IMG_0002.JPG").created(Instant.parse("2023-06-01T10:00:00Z"), 7200));
        }
        assertEquals(0, shell.shoebox("backup", "--from", media, backup), shell::err);
    }

    /** A photo with Apple's tags and a place. */
    private static byte[] located(double latitude, double longitude) throws IOException {
        ByteBuffer tiff = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
        tiff.put("II".getBytes(StandardCharsets.US_ASCII)).putShort((short) 42).putInt(8);
        tiff.putShort((short) 3);
        entry(tiff, 0x010F, 2, 6, 120);
        entry(tiff, 0x0110, 2, 10, 130);
        entry(tiff, 0x8825, 4, 1, 50);
        tiff.putInt(0);
        tiff.putShort((short) 4);
        entry(tiff, 1, 2, 2, 'N');
        entry(tiff, 2, 5, 3, 144);
        entry(tiff, 3, 2, 2, 'E');
        entry(tiff, 4, 5, 3, 168);
        tiff.putInt(0);
        tiff.put(120, "Apple\0".getBytes(StandardCharsets.US_ASCII));
        tiff.put(130, "iPhone 15\0".getBytes(StandardCharsets.US_ASCII));
        degrees(tiff, 144, latitude);
        degrees(tiff, 168, longitude);
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        byte[] plain = Pictures.jpeg("1");
        jpeg.write(plain, 0, 2);
        byte[] head = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
        int length = 2 + head.length + tiff.capacity();
        jpeg.write(new byte[] {(byte) 0xff, (byte) 0xe1, (byte) (length >> 8), (byte) length});
        jpeg.write(head);
        jpeg.write(tiff.array());
        jpeg.write(plain, 2, plain.length - 2);
        return jpeg.toByteArray();
    }

    private static void entry(ByteBuffer tiff, int tag, int type, int count, int value) {
        tiff.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
    }

    private static void degrees(ByteBuffer tiff, int at, double degrees) {
        tiff.putInt(at, (int) Math.round(degrees * 1000)).putInt(at + 4, 1000);
        for (int i = 1; i < 3; i++) {
            tiff.putInt(at + 8 * i, 0).putInt(at + 8 * i + 4, 1);
        }
    }

    private Set<String> found(Object... criteria) throws IOException {
        Object[] arguments = new Object[criteria.length + 3];
        arguments[0] = "find";
        arguments[1] = "--json";
        System.arraycopy(criteria, 0, arguments, 2, criteria.length);
        arguments[criteria.length + 2] = backup;
        assertEquals(0, shell.shoebox(arguments), shell::err);
        return shell.events("photo").stream()
                .map(event -> event.get("path").toString())
                .map(path -> path.substring(path.lastIndexOf('/') + 1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void photosAreFoundByWhateverPeopleRemember() throws Exception {
        Set<String> oslo = Set.of("IMG_0001.JPG");
        assertEquals(Set.of("IMG_0001.JPG", "IMG_0002.JPG", "IMG_0003.JPG"), found());
        assertEquals(oslo, found("--taken", "2024-06-01"), "by the clock of the place");
        assertEquals(Set.of(), found("--taken", "2024-05"));
        assertEquals(Set.of("IMG_0001.JPG", "IMG_0002.JPG"), found("--taken", "2023..2024-06"));
        assertEquals(oslo, found("--album", "oslo"));
        assertEquals(oslo, found("--album", "Travel"));
        assertEquals(Set.of(), found("--album", "Osl"));
        assertEquals(oslo, found("--camera", "iphone"));
        assertEquals(oslo, found("--place", "59.91,10.75"));
        assertEquals(Set.of(), found("--place", "59.0,10.75,20"));
        assertEquals(Set.of("IMG_0002.JPG"), found("--name", "img_0002"));
        assertEquals(Set.of(), found("--name", "img_0002", "--album", "Oslo"));
    }

    @Test
    void aPhotoThatWasRenamedIsFoundByItsOriginalName() throws Exception {
        Files.move(backup.resolve("2023/06/IMG_0002.JPG"), backup.resolve("2023/06/party.JPG"));
        assertEquals(0, shell.shoebox("reconcile", backup), shell::err);
        assertEquals(Set.of("party.JPG"), found("--name", "IMG_0002"));
    }

    @Test
    void titlesAndPersonsAreThoseOfSidecars() throws Exception {
        Files.writeString(backup.resolve("2023/06/IMG_0002.JPG.xmp"), """
                <x:xmpmeta><rdf:RDF><rdf:Description>
                <dc:title><rdf:Alt><rdf:li xml:lang="x-default">Summer &amp; sea</rdf:li></rdf:Alt></dc:title>
                <digiKam:TagsList><rdf:Seq><rdf:li>People/Anna Å</rdf:li></rdf:Seq></digiKam:TagsList>
                </rdf:Description></rdf:RDF></x:xmpmeta>
                """);
        assertEquals(Set.of("IMG_0002.JPG"), found("--title", "summer & SEA"));
        assertEquals(Set.of("IMG_0002.JPG"), found("--person", "anna å"));
        assertEquals(Set.of(), found("--person", "Ben"));
    }

    @Test
    void invalidDatesAndPlacesAreRefused() {
        assertEquals(2, shell.shoebox("find", "--taken", "last summer", backup));
        assertEquals(2, shell.shoebox("find", "--place", "Oslo", backup));
    }

    /** iOS 16 renamed the columns that join faces to photos. */
    @ParameterizedTest
    @EnumSource(
            value = Ios.class,
            names = {"IOS_14", "IOS_15", "IOS_16", "IOS_26"})
    void personsNamedOnTheIphoneAreFound(Ios ios, @TempDir Path phone, @TempDir Path other) throws Exception {
        Path folder = Files.createDirectories(phone.resolve(DCIM));
        for (int i = 1; i <= 3; i++) {
            Files.write(folder.resolve("IMG_000" + i + ".JPG"), Pictures.jpeg("" + i));
        }
        String ending = ios.compareTo(Ios.IOS_16) < 0 ? "" : "FORFACE";
        try (PhotosDatabase database = PhotosDatabase.create(phone, ios)) {
            // Their keys are 1, 2 and 3.
            database.add(asset(DCIM + "IMG_0001.JPG"), asset(DCIM + "IMG_0002.JPG"), asset(DCIM + "IMG_0003.JPG"));
            database.execute("CREATE TABLE ZPERSON (Z_PK INTEGER PRIMARY KEY, ZFULLNAME VARCHAR, ZDISPLAYNAME VARCHAR)")
                    .execute("INSERT INTO ZPERSON VALUES (3, 'Anna Müller', 'Anna'), (4, '', NULL), (5, NULL, 'Ben')")
                    .execute("CREATE TABLE ZDETECTEDFACE (Z_PK INTEGER PRIMARY KEY, ZASSET" + ending
                            + " INTEGER, ZPERSON" + ending + " INTEGER)")
                    .execute("INSERT INTO ZDETECTEDFACE VALUES (1, 1, 3), (2, 1, 5), (3, 2, 4), (4, 3, 3), (5, 3, 3),"
                            + " (6, 77, 3), (7, 2, NULL)");
        }
        backup = other.resolve("backup");
        assertEquals(0, shell.shoebox("backup", "--from", phone, backup), shell::err);
        assertEquals(Set.of("IMG_0001.JPG", "IMG_0003.JPG"), found("--person", "anna"));
        assertEquals(Set.of("IMG_0001.JPG"), found("--person", "Ben"));
        assertEquals(List.of("Anna Müller", "Ben"), shell.events("photo").get(0).get("persons"));
        assertEquals(Set.of(), found("--person", "Carla"));
    }
}
