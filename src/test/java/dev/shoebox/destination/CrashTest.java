package dev.shoebox.destination;

import dev.shoebox.InMemory;
import dev.shoebox.destination.disk.PathDisk;
import dev.shoebox.destination.records.Catalogue;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.destination.records.Journal;
import dev.shoebox.destination.records.Manifest;
import dev.shoebox.photos.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import static dev.shoebox.destination.Backups.part;
import static dev.shoebox.destination.Backups.photo;
import static dev.shoebox.destination.Backups.shot;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A run that dies at each of its operations, and the run after it. */
class CrashTest {
    private static final Backups.Shot[] SHOTS = {
        shot(
                part("DCIM/100APPLE/IMG_0001.HEIC", Role.PHOTO, "still one"),
                part("DCIM/100APPLE/IMG_0001.MOV", Role.PAIRED_VIDEO, "moving one"),
                part("PhotoData/Mutations/1/Adjustments/FullSizeRender.heic", Role.FULL_SIZE_PHOTO, "still one")),
        shot(
                part("DCIM/101APPLE/IMG_0001.HEIC", Role.PHOTO, "another of that name"),
                part("DCIM/101APPLE/IMG_0001.MOV", Role.PAIRED_VIDEO, "moving one")),
        photo("DCIM/102APPLE/IMG_0005.HEIC", "still one"),
        photo("DCIM/102APPLE/IMG_0006.HEIC", "later").taken("2025-01-01T00:00:00"),
    };

    // Hundreds of runs: only our own steps should take time.
    private Path folder;
    private int runs;

    @BeforeEach
    void begin() throws IOException {
        folder = InMemory.folder("shoebox-crash");
    }

    @AfterEach
    void end() throws IOException {
        delete(folder);
    }

    private static void delete(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private Backups fresh() {
        return new Backups(folder.resolve("backup" + runs++));
    }

    /** The state that an undisturbed run leaves: photos with their content, sorted manifest, catalogue. */
    private record State(Map<String, String> photos, List<String> manifest, List<String> catalogued) {
        static State of(Backups backups) throws IOException {
            return new State(
                    backups.photos(),
                    backups.manifest(),
                    backups.catalogued().stream().sorted().toList());
        }
    }

    private State undisturbed() throws IOException {
        Backups backups = fresh();
        backups.catchUp(SHOTS);
        return State.of(backups);
    }

    @ParameterizedTest
    @CsvSource({"true, true, false", "false, true, true", "true, false, false"})
    void theRunAfterACrashEndsWhereAnUndisturbedOneDoes(boolean links, boolean dies, boolean tears) throws Exception {
        State expected = undisturbed();
        int operations = Integer.MAX_VALUE;
        int ended = 0;
        for (int fatal = 0; fatal < operations; fatal++) {
            Backups backups = fresh();
            var disk = new DyingDisk[1];
            int at = fatal;
            backups.disks = root -> disk[0] = new DyingDisk(new PathDisk(root), links, at, dies);
            try {
                backups.catchUp(SHOTS);
            } catch (IOException e) {
                ended++;
            }
            operations = disk[0].operations() > fatal ? Integer.MAX_VALUE : fatal;
            assertNothingToldIsMissing(backups);
            if (tears) {
                emptyWhatIsNotListed(backups);
            }

            backups.disks = root -> new DyingDisk(new PathDisk(root), links, Integer.MAX_VALUE, false);
            backups.catchUp(SHOTS);

            assertEquals(expected, State.of(backups), "after a crash at operation " + fatal);
            assertEquals(List.of(), backups.staged());
            delete(backups.root);
        }
        assertTrue(ended > 50, "only " + ended + " operations were disturbed");
    }

    /** After some hundred files a run makes more of them durable together. */
    @ParameterizedTest
    @CsvSource({"70, 40, 31, 32", "500, 1000, 349, 384"})
    void batchesThatShareATransactionOfTheCatalogueAreLostWithNoneOfThem(int count, int first, int step, int told)
            throws Exception {
        var shots = new Backups.Shot[count];
        for (int number = 0; number < shots.length; number++) {
            shots[number] = Backups.photo("DCIM/100APPLE/IMG_%04d.HEIC".formatted(number), "photo " + number);
        }
        Backups undisturbed = fresh();
        undisturbed.run(shots);
        State expected = State.of(undisturbed);
        var toldOfFailedRuns = new TreeSet<Integer>();
        int operations = Integer.MAX_VALUE;
        for (int fatal = first; fatal < operations; fatal += step) {
            Backups backups = fresh();
            var disk = new DyingDisk[1];
            int at = fatal;
            backups.disks = root -> disk[0] = new DyingDisk(new PathDisk(root), true, at, true);
            try {
                backups.run(shots);
            } catch (IOException e) {
                toldOfFailedRuns.add(backups.told.size());
            }
            operations = disk[0].operations() > fatal ? Integer.MAX_VALUE : fatal;
            assertNothingToldIsMissing(backups);

            backups.disks = PathDisk::new;
            backups.catchUp(shots);

            assertEquals(expected, State.of(backups), "after a crash at operation " + fatal);
            delete(backups.root);
        }
        // Files published before the disk failed are catalogued and reported all the same.
        assertTrue(toldOfFailedRuns.last() >= told && toldOfFailedRuns.last() < count, toldOfFailedRuns.toString());
    }

    /** A file that was reported as copied exists, is listed, and is complete, whatever happened after. */
    private static void assertNothingToldIsMissing(Backups backups) throws IOException {
        if (backups.told.isEmpty()) {
            return;
        }
        Map<String, String> photos = backups.photos();
        Set<String> listed = backups.manifest().stream()
                .flatMap(line -> Manifest.parse(line).stream())
                .map(Manifest::path)
                .collect(Collectors.toSet());
        for (String line : backups.told) {
            String path = line.substring(Math.max(line.indexOf(" -> "), line.indexOf(" = ")))
                    .replaceFirst("^ (->|=) ", "");
            assertTrue(photos.containsKey(path) && listed.contains(path), line);
        }
    }

    /** FAT may keep the name of a file and lose its content. */
    private static void emptyWhatIsNotListed(Backups backups) throws IOException {
        var photos = new TreeMap<>(backups.photos());
        if (Files.exists(backups.root.resolve(Manifest.FILE))) {
            backups.manifest().stream()
                    .flatMap(line -> Manifest.parse(line).stream())
                    .forEach(line -> photos.remove(line.path()));
        }
        for (String path : photos.keySet()) {
            Files.writeString(backups.root.resolve(path), "", StandardOpenOption.TRUNCATE_EXISTING);
        }
    }

    @Test
    void photosThatWereListedButNotCataloguedAreNotReadAgain() throws Exception {
        Backups backups = fresh();
        backups.catchUp(SHOTS[0]);
        byte[] before = Files.readAllBytes(backups.root.resolve(Catalogue.FILE));
        backups.catchUp(SHOTS);
        Files.write(backups.root.resolve(Catalogue.FILE), before);

        backups.catchUp(SHOTS);

        assertEquals(List.of(), backups.told);
        assertEquals(undisturbed(), State.of(backups));
    }

    @Test
    void aTornLastLineOfTheManifestAndTheJournalIsCutOff() throws Exception {
        Backups backups = fresh();
        backups.catchUp(SHOTS);
        State expected = State.of(backups);
        String torn = backups.manifest().get(1).substring(0, 70) + "\0\0\0";
        Files.writeString(backups.root.resolve(Manifest.FILE), torn, StandardOpenOption.APPEND);
        Files.write(backups.root.resolve(Journal.FILE), new byte[100], StandardOpenOption.APPEND);

        backups.catchUp(SHOTS);

        assertEquals(expected, State.of(backups));
        assertEquals("", backups.sha256sum());
        try (var lines = Files.lines(backups.root.resolve(Journal.FILE))) {
            assertTrue(lines.allMatch(line -> Journal.parse(line).isPresent()));
        }
    }

    @Test
    void tornFilesAreSetAsideAndNotDeleted() throws Exception {
        Backups backups = fresh();
        int fatal = 0;
        while (!Files.isRegularFile(backups.root.resolve("2025/01/IMG_0006.HEIC"))) {
            backups = fresh();
            int at = fatal++;
            backups.disks = root -> new DyingDisk(new PathDisk(root), false, at, true);
            try {
                backups.catchUp(SHOTS);
            } catch (IOException e) {
                // The crash.
            }
        }
        Files.writeString(backups.root.resolve("2025/01/IMG_0006.HEIC"), "lat\0\0");
        backups.disks = root -> new DyingDisk(new PathDisk(root), false, Integer.MAX_VALUE, true);

        backups.catchUp(SHOTS);

        assertEquals("lat\0\0", Files.readString(backups.root.resolve(Identity.SET_ASIDE + "/IMG_0006.HEIC")));
        assertEquals("later", Files.readString(backups.root.resolve("2025/01/IMG_0006.HEIC")));
        var said = new ArrayList<>(backups.said);
        assertTrue(said.stream().anyMatch(line -> line.contains("1 damaged file")), said.toString());
    }

    @Test
    void onlyPartialFilesOfOursAreSweptUp() throws Exception {
        Backups backups = fresh();
        backups.catchUp();
        Path staging = backups.root.resolve(Identity.STAGING);
        Files.writeString(staging.resolve("20260101T000000Zabcdef01-7.part"), "left by a crash");
        Files.writeString(staging.resolve("holiday.part.txt"), "somebody's");

        backups.catchUp();

        assertEquals(List.of("holiday.part.txt"), backups.staged());
    }

    @Test
    void anUnreadableJournalEntryExcludesNobody() throws Exception {
        Backups backups = fresh();
        backups.catchUp(SHOTS);
        State expected = State.of(backups);
        String line = Files.readAllLines(backups.root.resolve(Journal.FILE)).get(0);
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("IMG_0001.HEIC"), "not ours");
        Files.createSymbolicLink(backups.root.resolve("2023"), outside);
        for (String path : List.of("../outside/IMG_0001.HEIC", "/etc/passwd", "2023/IMG_0001.HEIC", "2024//x", "..")) {
            Files.writeString(
                    backups.root.resolve(Journal.FILE),
                    line.replace("2024/05/IMG_0001.HEIC", path) + "\n",
                    StandardOpenOption.APPEND);
        }
        Files.writeString(backups.root.resolve(Journal.FILE), "{\"event\":\"file\"}\n", StandardOpenOption.APPEND);

        backups.catchUp(SHOTS);

        Files.delete(backups.root.resolve("2023"));
        assertEquals(expected, State.of(backups));
        assertEquals("not ours", Files.readString(outside.resolve("IMG_0001.HEIC")));
    }
}
