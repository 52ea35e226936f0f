package dev.shoebox.cli;

import dev.shoebox.TransportUnderTest;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.destination.records.StoredFile;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.simulator.library.Libraries;
import dev.shoebox.simulator.phone.PhoneSettings;
import dev.shoebox.simulator.phone.SimulatedPhone;
import dev.shoebox.simulator.usb.SimulatedUsb;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A backup keeps the phone's thumbnails, and only the page uses them. */
@Tag(TransportUnderTest.TAG)
class ThumbnailsRunTest {
    private static final int COUNT = 40;
    private static final int BYTES = 20_000;

    @TempDir
    private Path folder;

    private SimulatedUsb usb;
    private SimulatedPhone phone;
    private Shell shell;

    @BeforeEach
    void plugIn() throws IOException {
        Path media = folder.resolve("media");
        Random random = new Random(5);
        for (int i = 0; i < COUNT; i++) {
            String name = String.format("IMG_%04d.JPG", i);
            write(media.resolve("DCIM/100APPLE").resolve(name), jpeg(random, 60_000));
            write(
                    media.resolve("PhotoData/Thumbnails/V2/DCIM/100APPLE")
                            .resolve(name)
                            .resolve("5005.JPG"),
                    jpeg(random, BYTES));
        }
        usb = SimulatedUsb.start("UNIX:" + folder.resolve("mux"));
        phone = new SimulatedPhone(PhoneSettings.of(Libraries.folder(media)).withPaired(true));
        usb.plug(phone);
        Shell.connectTo(usb.address());
        shell = Shell.plain(Files.createDirectory(folder.resolve("home")));
    }

    @AfterEach
    void unplug() {
        usb.close();
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    /** The beginning and end of a JPEG around random bytes. */
    private static byte[] jpeg(Random random, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        byte[] begin = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0};
        System.arraycopy(begin, 0, bytes, 0, begin.length);
        bytes[size - 2] = (byte) 0xff;
        bytes[size - 1] = (byte) 0xd9;
        return bytes;
    }

    private Path backup() {
        return folder.resolve("backup");
    }

    private Path pack() {
        return backup().resolve(".shoebox/thumbs/0001.pack");
    }

    private void backUp(Object... more) {
        Object[] arguments = Stream.of(Stream.of("backup"), Stream.of(more), Stream.of(backup()))
                .flatMap(Function.identity())
                .toArray();
        int code = shell.shoebox(arguments);
        assertTrue(code == 0 || code == 3, () -> code + ": " + shell.err());
    }

    @Test
    void theyAreKeptOnceAndAreNoPhotos() throws IOException {
        backUp();
        long size = Files.size(pack());
        assertTrue(size > (long) COUNT * BYTES, () -> size + " bytes");
        backUp();
        assertEquals(size, Files.size(pack()));
        assertEquals(COUNT, Files.readAllLines(backup().resolve("SHA256SUMS")).size());
        assertEquals(0, shell.shoebox("verify", "--json", backup()), shell::err);
        assertEquals(0, shell.events("unlisted").size());
        assertEquals(COUNT, shell.events("summary").get(0).get("files"));
        assertEquals(0, shell.shoebox("rebuild", backup()), shell::err);
        assertEquals(size, Files.size(pack()));
    }

    @Test
    void whoWantsNoneHasNone() {
        backUp("--no-thumbnails");
        assertFalse(Files.exists(backup().resolve(".shoebox/thumbs")));
        backUp();
        assertTrue(Files.exists(pack()));
    }

    /** As if another program had damaged them: torn packs are replaced, and no photo suffers. */
    @Test
    void tornPacksAreReplacedByTheNextRun() throws IOException {
        backUp();
        byte[] whole = Files.readAllBytes(pack());
        Files.write(pack(), Arrays.copyOf(whole, whole.length / 2 + 7));
        backUp();
        long second = Files.size(backup().resolve(".shoebox/thumbs/0002.pack"));
        assertTrue(second > whole.length / 2 - BYTES, () -> second + " bytes");
        assertEquals(0, shell.shoebox("verify", backup()), shell::err);
    }

    /** The photos are safe by then. */
    @Test
    void aPhoneThatLeavesMeanwhileEndsNoRun() throws IOException {
        phone.faults().unplugAfter(COUNT * 60_000L + 5 * BYTES, Duration.ofMinutes(5));
        backUp();
        assertEquals(COUNT, Files.readAllLines(backup().resolve("SHA256SUMS")).size());
        assertEquals(0, shell.shoebox("verify", backup()), shell::err);
    }

    /** A user's file in place of the folder stays, and the backup succeeds. */
    @Test
    void aFileInTheWayStays() throws IOException {
        backUp("--no-thumbnails");
        Path mine = backup().resolve(".shoebox/thumbs");
        Files.writeString(mine, "mine");
        backUp();
        assertEquals("mine", Files.readString(mine));
    }

    /** A backup shows the latest edit of each photo, and asks an unchanged phone for nothing. */
    @Test
    void theThumbnailOfTheLatestEditIsKept() throws IOException {
        Path media = folder.resolve("media");
        Path edit = media.resolve("PhotoData/Mutations/DCIM/100APPLE/IMG_0007/Adjustments/FullSizeRender.jpg");
        Path small = media.resolve("PhotoData/Thumbnails/V2/DCIM/100APPLE/IMG_0007.JPG/5005.JPG");
        Random random = new Random(9);
        for (int i = 0; i < 2; i++) {
            byte[] picture = jpeg(random, BYTES);
            write(edit, jpeg(random, 50_000 + i));
            write(small, picture);
            backUp();
            assertArrayEquals(picture, keptOfEdit(50_000 + i));
            long size = Files.size(pack());
            backUp();
            assertEquals(size, Files.size(pack()));
        }
    }

    private byte[] keptOfEdit(long size) throws IOException {
        try (Destination kept = Destination.view(backup(), OpenMode.REQUIRE_EXISTING)) {
            SourceId source = kept.status().get(0).source();
            try (Stream<StoredFile> rows = kept.stored(source)) {
                StoredFile row = rows.filter(each -> each.role() == Role.FULL_SIZE_PHOTO && each.size() == size)
                        .findFirst()
                        .orElseThrow();
                return kept.memory().thumbnails().find(row).orElseThrow();
            }
        }
    }

    @Test
    void oldPhotosThatAreGoneDoNotSpeakForNewOnes() throws IOException {
        Random random = new Random(7);
        for (int i = 0; i < 30; i++) {
            Files.delete(thumbnail("IMG_%04d.JPG".formatted(i)));
        }
        for (int i = 0; i < 260; i++) {
            add("IMG_%04d.JPG".formatted(1000 + i), random);
        }
        backUp();
        long size = Files.size(pack());
        for (int i = 0; i < 30; i++) {
            Files.delete(folder.resolve("media/DCIM/100APPLE/IMG_%04d.JPG".formatted(i)));
        }
        add("IMG_2000.JPG", random);
        backUp();
        assertTrue(Files.size(pack()) > size + 500, "the picture of the new photo is kept");
    }

    private Path thumbnail(String name) {
        return folder.resolve("media/PhotoData/Thumbnails/V2/DCIM/100APPLE")
                .resolve(name)
                .resolve("5005.JPG");
    }

    private void add(String name, Random random) throws IOException {
        write(folder.resolve("media/DCIM/100APPLE").resolve(name), jpeg(random, 2000));
        write(thumbnail(name), jpeg(random, 600));
    }
}
