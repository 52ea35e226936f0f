package dev.shoebox.destination;

import dev.shoebox.destination.disk.PathDisk;
import dev.shoebox.destination.ingest.Arrival;
import dev.shoebox.destination.ingest.Ingest;
import dev.shoebox.destination.ingest.Staged;
import dev.shoebox.destination.ingest.StagedResource;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.destination.proof.Verification;
import dev.shoebox.destination.records.Catalogue;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.destination.records.Journal;
import dev.shoebox.destination.records.Manifest;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.fingerprint.ContentDigest.Extra;
import dev.shoebox.photos.fingerprint.Proof;
import dev.shoebox.photos.format.Plausibility;
import dev.shoebox.photos.source.MediaFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

import static dev.shoebox.destination.Backups.photo;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Films on a disk that cannot hold a file of their size. */
class InPartsTest {
    private static final String FILM = "2024/05/IMG_0001.MOV";
    private static final Backups.Shot SHOT = photo("DCIM/100APPLE/IMG_0001.MOV", "0123456789".repeat(25));

    @TempDir
    private Path folder;

    private Backups backups;

    @BeforeEach
    void begin() {
        backups = on(100);
    }

    private Backups on(long largest) {
        Backups backups = new Backups(folder.resolve("backup"));
        backups.disks = root -> new SmallFilesDisk(new PathDisk(root), largest);
        return backups;
    }

    private int format() throws IOException {
        return Identity.read(new PathDisk(backups.root)).orElseThrow().format();
    }

    private Set<String> files() throws IOException {
        return new TreeSet<>(backups.photos().keySet());
    }

    private static Set<String> parts(String file, int count) {
        Set<String> parts = new TreeSet<>();
        IntStream.rangeClosed(1, count).forEach(number -> parts.add("%s.%03d".formatted(file, number)));
        parts.add(file + ".sha256");
        return parts;
    }

    @Test
    void aFilmIsStoredInPartsThatChecksumProgramsVerifyAndIsNotStoredAgain() throws Exception {
        backups.catchUp(SHOT);
        assertEquals(parts(FILM, 3), files());
        assertEquals("", backups.sha256sum());
        assertEquals(2, format());
        assertEquals(List.of("copied DCIM/100APPLE/IMG_0001.MOV -> " + FILM), backups.told);
        assertEquals(List.of("DCIM/100APPLE/IMG_0001.MOV -> " + FILM), backups.catalogued());
        assertEquals(List.of(), backups.staged());

        backups.catchUp(SHOT);
        assertEquals(List.of(), backups.told);
        // From another folder of the phone, it is a duplicate.
        backups.catchUp(photo("DCIM/101APPLE/IMG_0009.MOV", "0123456789".repeat(25)));
        assertEquals(List.of("duplicate DCIM/101APPLE/IMG_0009.MOV = " + FILM), backups.told);
    }

    @Test
    void theFormatIsRaisedOnceTheFirstFilmNeedsParts() throws Exception {
        backups.catchUp(photo("DCIM/100APPLE/IMG_0000.MOV", "x".repeat(100)));
        assertEquals(1, format());
        String id = Identity.read(new PathDisk(backups.root)).orElseThrow().id();
        backups.catchUp(SHOT);
        assertEquals(2, format());
        assertEquals(id, Identity.read(new PathDisk(backups.root)).orElseThrow().id());
    }

    @Test
    void aFileWithTheNameOfAPartOrNoteKeepsIt() throws Exception {
        for (String theirs : List.of(".002", ".sha256")) {
            backups = on(100);
            Files.createDirectories(backups.root.resolve("2024/05"));
            Files.writeString(backups.root.resolve(FILM + theirs), "theirs");
            backups.opening = OpenMode.INITIALISE;
            backups.catchUp(SHOT);
            assertEquals("theirs", Files.readString(backups.root.resolve(FILM + theirs)));
            assertEquals(5, files().size());
            assertEquals("", backups.sha256sum());
            deleteAll(backups.root);
        }
    }

    private static void deleteAll(Path root) throws IOException {
        try (var all = Files.walk(root)) {
            for (Path each : all.sorted(Collections.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    /** Without the note, its parts are separate files, which nothing replaces. */
    @Test
    void aFilmWithoutItsNoteIsStoredAgainBesideItsParts() throws Exception {
        backups.catchUp(SHOT);
        Files.delete(backups.root.resolve(FILM + ".sha256"));
        backups.catchUp(SHOT);
        assertEquals(1, backups.told.size());
        assertEquals(7, files().size());
        assertTrue(Files.exists(backups.root.resolve(FILM + ".001")));
        backups.catchUp(SHOT);
        assertEquals(List.of(), backups.told);
    }

    @Test
    void aFilmThatIsLostComesBackInItsPlaceAndIsListedOnce() throws Exception {
        backups.catchUp(SHOT);
        List<String> lines = backups.manifest();
        for (String each : files()) {
            Files.delete(backups.root.resolve(each));
        }
        backups.catchUp(SHOT);
        assertEquals(parts(FILM, 3), files());
        assertEquals(lines, backups.manifest());
    }

    /** A power cut loses the end of the manifest, but not the catalogue. */
    @ParameterizedTest
    @ValueSource(ints = {20, 70, 150, 200, 280})
    void halfALineOfAPartIsRemovedAndTheOthersAreAddedAgain(int lost) throws Exception {
        backups.catchUp(SHOT);
        Path manifest = backups.root.resolve(Manifest.FILE);
        byte[] whole = Files.readAllBytes(manifest);
        Files.write(manifest, Arrays.copyOf(whole, whole.length - lost));
        backups.catchUp(SHOT);
        assertEquals(new TreeSet<>(new String(whole, UTF_8).lines().toList()), new TreeSet<>(backups.manifest()));
    }

    private static final byte[] LONG_FILM = new byte[20 << 20];

    static {
        new Random(1).nextBytes(LONG_FILM);
    }

    private static final MediaFile LONG =
            new MediaFile("DCIM/100APPLE/IMG_0001.MOV", LONG_FILM.length, Backups.MODIFIED, Optional.empty());

    private void interruptAfter17MiB() throws IOException {
        try (Destination destination = backups.open();
                Ingest ingest = destination.ingest(backups.source, backups.layout, backups.listener())) {
            Staged staged = ingest.stage(LONG);
            staged.write(ByteBuffer.wrap(LONG_FILM, 0, 17 << 20), () -> {});
            ingest.suspend(staged);
        }
    }

    /** Stores what is still to come of {@link #LONG}. */
    private static void storeRest(Ingest ingest, Staged staged, int next) throws IOException {
        staged.write(ByteBuffer.wrap(LONG_FILM, next, LONG_FILM.length - next), () -> {});
        assertTrue(staged.fits());
        var resource = new Resource(LONG, Role.VIDEO);
        Backups.Shot shot = Backups.shot(new Backups.Part(resource, ""));
        ingest.store(new Arrival(
                shot.asset(),
                shot.captured(),
                Backups.facts(shot),
                List.of(new StagedResource(resource, staged, Plausibility.PLAUSIBLE, Proof.READ_ONCE))));
        ingest.flush();
    }

    private void assertStoredInParts(int count) throws IOException, InterruptedException {
        assertEquals("", backups.sha256sum());
        List<InputStream> parts = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            parts.add(Files.newInputStream(backups.root.resolve(FILM + ".00" + number)));
        }
        try (var joined = new SequenceInputStream(Collections.enumeration(parts))) {
            assertArrayEquals(LONG_FILM, joined.readAllBytes());
        }
        assertEquals(List.of(), backups.staged());
    }

    /** 17 MiB of a film of 20 MiB arrived, more than the disk holds in one file. */
    @Test
    void anInterruptedTransferContinuesInTheNextRunAcrossParts() throws Exception {
        backups = on(6 << 20);
        interruptAfter17MiB();
        try (Destination destination = backups.open();
                Ingest ingest = destination.ingest(backups.source, backups.layout, backups.listener())) {
            assertEquals(17 << 20, ingest.kept(LONG));
            Staged staged = ingest.takeUp(LONG, Set.of(Extra.FINGERPRINT)).orElseThrow();
            int next = (int) staged.next();
            assertTrue(next > 12 << 20);
            storeRest(ingest, staged, next);
        }
        assertStoredInParts(4);
    }

    /** As under {@code LimitFSIZE=}, which the run before did not have, or had larger. */
    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, 18 << 20, 12 << 20})
    void aTransferThatWasInterruptedUnderALargerLimitBeginsAgain(long before) throws Exception {
        backups = on(before);
        interruptAfter17MiB();
        backups = on(6 << 20);
        try (Destination destination = backups.open();
                Ingest ingest = destination.ingest(backups.source, backups.layout, backups.listener())) {
            assertEquals(Optional.empty(), ingest.takeUp(LONG, Set.of(Extra.FINGERPRINT)));
            storeRest(ingest, ingest.stage(LONG), 0);
        }
        assertStoredInParts(4);
    }

    /** As on a disk of another kind, to which somebody copied the backup. */
    @Test
    void whereAllFilesHaveRoomAFilmThatIsLostComesBackAsOneAndIsListedSo() throws Exception {
        backups.catchUp(SHOT);
        for (String each : files()) {
            Files.delete(backups.root.resolve(each));
        }
        backups.disks = PathDisk::new;
        backups.catchUp(SHOT);
        assertEquals(Set.of(FILM), files());
        assertEquals("", backups.sha256sum());
        backups.catchUp(SHOT);
        assertEquals(List.of(), backups.told);
        assertEquals("", backups.sha256sum());
        assertEquals(1, backups.manifest().size());
    }

    /** As on a FAT32 disk to which somebody copied a backup without the film, which it cannot hold. */
    @Test
    void aFilmThatWasListedAsOneFileIsListedInPartsOnceItComesAgainOnADiskThatIsTooSmallForIt() throws Exception {
        backups.disks = PathDisk::new;
        backups.catchUp(SHOT, photo("DCIM/100APPLE/IMG_0002.HEIC", "a small one"));
        Files.delete(backups.root.resolve(FILM));

        backups = on(100);
        backups.catchUp(SHOT);
        assertEquals(List.of("copied DCIM/100APPLE/IMG_0001.MOV -> " + FILM), backups.told);
        assertEquals("", backups.sha256sum());

        List<String> lines = backups.manifest();
        backups.catchUp(SHOT);
        assertEquals(List.of(), backups.told);
        assertEquals("", backups.sha256sum());
        assertEquals(lines, backups.manifest());
        assertEquals(5, lines.size());
    }

    @Test
    void aRepairListsAFilmInPartsThatWasListedAsOneFile() throws Exception {
        backups.disks = PathDisk::new;
        backups.catchUp(SHOT);
        Files.delete(backups.root.resolve(FILM));
        backups = on(100);
        try (Repair repair = Repair.open(backups.root, Backups.CLOCK, backups.disks, line -> {})) {
            Repair.Damage damage = repair.examine(new Found()).get(0);
            Staged bytes = repair.stage();
            bytes.write(ByteBuffer.wrap("0123456789".repeat(25).getBytes(UTF_8)), () -> {});
            assertTrue(repair.mend(damage, bytes));
        }
        assertEquals(parts(FILM, 3), files());
        assertEquals("", backups.sha256sum());
        assertEquals(4, backups.manifest().size());
    }

    private void listAsOneFileAndLose() throws IOException {
        backups.disks = PathDisk::new;
        backups.catchUp(SHOT);
        Files.delete(backups.root.resolve(FILM));
        backups = on(100);
    }

    private void buildCatalogueAnew() throws IOException {
        Files.delete(backups.root.resolve(Catalogue.FILE));
        backups.open().close();
    }

    /** The next run still knows which file of the phone it was. */
    @Test
    void aCatalogueThatIsBuiltAnewKnowsTheOriginOfAFilmThatIsListedAsOneFileAndMissing() throws Exception {
        listAsOneFileAndLose();
        for (int time = 0; time < 3; time++) {
            buildCatalogueAnew();
            assertEquals(List.of("DCIM/100APPLE/IMG_0001.MOV -> " + FILM), backups.catalogued(), "time " + time);
        }
    }

    /** A later run found another file in its place. */
    @Test
    void aWithdrawnCopyLeavesTheOriginOfAFilmThatIsListedAsOneFileAndMissing() throws Exception {
        listAsOneFileAndLose();
        Files.writeString(
                backups.root.resolve(Journal.FILE),
                Journal.line(new Journal.Withdrawn(List.of(FILM))) + "\n",
                StandardOpenOption.APPEND);
        buildCatalogueAnew();
        assertEquals(List.of("DCIM/100APPLE/IMG_0001.MOV -> " + FILM), backups.catalogued());
    }

    @Test
    void aCatalogueThatIsBuiltAnewKnowsThatAFilmThatIsListedAsOneFileWasFoundMissing() throws Exception {
        listAsOneFileAndLose();
        try (Destination destination = backups.open()) {
            destination.proofs().verify(Verification.Sample.EVERYTHING, new Found());
            assertEquals(Set.of(FILM), destination.damaged());
        }
        for (int time = 0; time < 2; time++) {
            buildCatalogueAnew();
            try (Destination view = Destination.view(backups.root, OpenMode.REQUIRE_EXISTING)) {
                assertEquals(Set.of(FILM), view.damaged(), "time " + time);
            }
        }
    }
}
