package dev.shoebox.destination;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.PathDisk;
import dev.shoebox.destination.naming.Layout;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.destination.proof.Finding;
import dev.shoebox.destination.proof.Verification;
import dev.shoebox.destination.records.Catalogue;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.destination.records.Journal;
import dev.shoebox.destination.records.Manifest;
import dev.shoebox.photos.Role;
import dev.shoebox.text.Sha256;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import static dev.shoebox.destination.Backups.photo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Restores damaged and missing photos. */
class RepairTest {
    @TempDir
    Path folder;

    private Backups backups;
    private Backups second;
    private Map<String, String> whole;

    @BeforeEach
    void begin() throws IOException {
        backups = new Backups(folder.resolve("backup"));
        second = new Backups(folder.resolve("second"));
        second.layout = Layout.parse("day");
        for (Backups each : List.of(backups, second)) {
            each.run(photo("DCIM/1.JPG", "one"), photo("DCIM/2.JPG", "two").undated(), photo("DCIM/3.JPG", "three"));
        }
        whole = backups.tree();
        Files.writeString(backups.root.resolve("2024/05/1.JPG"), "onX");
        Files.delete(backups.root.resolve("undated/2.JPG"));
    }

    private static List<Repair.Damage> examine(Repair repair) throws DestinationException {
        return repair.examine(new Found());
    }

    private Repair repair() throws DestinationException {
        return Repair.open(backups.root, Backups.CLOCK, backups.said::add);
    }

    @Test
    void aSecondBackupRestoresDamagedAndMissingFiles() throws Exception {
        try (Repair repair = repair();
                Destination other = Destination.view(second.root, OpenMode.REQUIRE_EXISTING)) {
            List<Repair.Damage> damages = examine(repair);
            assertEquals(
                    List.of("2024/05/1.JPG", "undated/2.JPG"),
                    damages.stream().map(Repair.Damage::path).toList());
            assertEquals("DCIM/1.JPG", damages.get(0).origins().get(0).file().path());

            for (Repair.Damage damage : damages) {
                assertTrue(repair.mend(damage, other), damage.path());
            }
            assertEquals(List.of(), examine(repair));
        }
        assertEquals(whole, backups.tree());
        assertEquals(List.of(), backups.staged());
        Path aside = backups.root.resolve(Identity.SET_ASIDE).resolve("damaged-20261120T080000Z-1.JPG");
        assertEquals("onX", Files.readString(aside));
        assertEquals(3, backups.catalogued().size());
    }

    @Test
    void bytesOfAnotherHashMendNothingAndChangeNothing() throws Exception {
        Files.writeString(second.root.resolve("2024/05/03/1.JPG"), "one or other");
        try (Repair repair = repair();
                Destination other = Destination.view(second.root, OpenMode.REQUIRE_EXISTING)) {
            assertFalse(repair.mend(examine(repair).get(0), other));
        }
        assertEquals("onX", Files.readString(backups.root.resolve("2024/05/1.JPG")));
        assertEquals(List.of(), backups.staged());
    }

    /** A rewritten line is the last. */
    private static Map<String, String> inOrder(Map<String, String> tree) {
        var sorted = new TreeMap<>(tree);
        sorted.computeIfPresent(
                Manifest.FILE, (path, text) -> text.lines().sorted().toList().toString());
        return sorted;
    }

    @Test
    void damagedRecordsAreSetAsideAndMadeAgain() throws Exception {
        Files.writeString(backups.root.resolve("2024/05/1.JPG"), "one");
        Files.writeString(backups.root.resolve("undated/2.JPG"), "two");
        List<String> catalogued = backups.catalogued();
        for (String record : List.of(Manifest.FILE, Journal.FILE, Catalogue.FILE)) {
            byte[] bytes = Files.readAllBytes(backups.root.resolve(record));
            for (int i = 10; i < 60; i++) {
                bytes[i] ^= 0x11;
            }
            Files.write(backups.root.resolve(record), bytes);

            try (Repair repair = repair()) {
                assertEquals(List.of(), examine(repair), record);
            }
            assertEquals(inOrder(whole), inOrder(backups.tree()), record);
            assertEquals(catalogued, backups.catalogued(), record);
            assertTrue(backups.said.toString().contains(Identity.SET_ASIDE), backups.said.toString());
            backups.said.clear();
        }
    }

    @Test
    void aLineWithADamagedPathIsReplacedAndOneOfSomebodyElseStays() throws Exception {
        Files.writeString(backups.root.resolve("2024/05/1.JPG"), "one");
        Files.writeString(backups.root.resolve("undated/2.JPG"), "two");
        Files.writeString(backups.root.resolve("print.jpg"), "one");
        Path manifest = backups.root.resolve(Manifest.FILE);
        String own = Sha256.hex("one") + "  print.jpg\n" + Sha256.hex("four") + "  lent.jpg\n";
        Files.writeString(manifest, Files.readString(manifest).replace("05/1.JPG", "05/1.JPF") + own);

        repair().close();

        var findings = new ArrayList<Finding>();
        try (Destination view = Destination.view(backups.root, OpenMode.REQUIRE_EXISTING)) {
            view.proofs().verify(Verification.Sample.EVERYTHING, new Found(findings));
        }
        assertEquals(List.of("lent.jpg"), findings.stream().map(Finding::path).toList());
        List<String> lines = Files.readAllLines(manifest);
        assertEquals(
                inOrder(whole).get(Manifest.FILE),
                lines.stream()
                        .filter(line -> !own.contains(line))
                        .sorted()
                        .toList()
                        .toString());
        assertTrue(lines.containsAll(own.lines().toList()), lines.toString());
    }

    /** In a large backup, reading the records takes minutes. */
    @Test
    void recordsWithoutDamageAreReadOnceBeforeARepair() throws Exception {
        var opened = new ArrayList<Path>();
        Repair.open(
                        backups.root,
                        Backups.CLOCK,
                        root -> {
                            opened.add(root);
                            return new PathDisk(root);
                        },
                        backups.said::add)
                .close();
        assertEquals(2, opened.size(), "once to look, once to write");
    }

    /** If a damaged file has another size, the next run stores a second copy under another name. */
    private String copiedAgain() throws IOException {
        Files.writeString(backups.root.resolve("2024/05/1.JPG"), "one or more");
        Files.writeString(backups.root.resolve("undated/2.JPG"), "two");
        backups.catchUp(photo("DCIM/1.JPG", "one"), photo("DCIM/2.JPG", "two").undated(), photo("DCIM/3.JPG", "three"));
        return "2024/05/1-" + Sha256.hex("one").substring(0, 8) + ".JPG";
    }

    @Test
    void lostBytesAreLookedForInTheBackupItself() throws Exception {
        String second = copiedAgain();
        assertEquals("one", Files.readString(backups.root.resolve(second)));
        try (Repair repair = repair()) {
            List<Repair.Damage> damages = examine(repair);
            assertEquals(1, damages.size());
            assertTrue(repair.mend(damages.get(0)));
            assertEquals(Map.of(second, "2024/05/1.JPG"), repair.reconcile());
        }
        assertWhole(second);
    }

    @Test
    void aSecondCopyIsSetAsideAlsoIfTheFirstWasRepairedBefore() throws Exception {
        String copy = copiedAgain();
        try (Repair repair = repair();
                Destination other = Destination.view(second.root, OpenMode.REQUIRE_EXISTING)) {
            assertTrue(repair.mend(examine(repair).get(0), other));
        }
        assertTrue(Files.exists(backups.root.resolve(copy)));
        try (Repair repair = repair()) {
            assertEquals(List.of(), examine(repair));
            assertEquals(Map.of(copy, "2024/05/1.JPG"), repair.reconcile());
        }
        assertWhole(copy);
    }

    @Test
    void theSidecarOfASecondCopyGoesWithItUnlessItWasEdited() throws Exception {
        String copy = copiedAgain();
        try (Destination destination = backups.open()) {
            for (String extension : List.of(".xmp", ".json")) {
                destination.sidecars().write(copy, extension, captured -> "one " + Sidecars.DIGEST);
            }
        }
        Path changed = backups.root.resolve(copy + ".json");
        Files.writeString(changed, Files.readString(changed) + " and mine");
        try (Repair repair = repair()) {
            assertTrue(repair.mend(examine(repair).get(0)));
            repair.reconcile();
        }
        assertFalse(Files.exists(backups.root.resolve(copy + ".xmp")));
        assertTrue(Files.exists(backups.root
                .resolve(Identity.SET_ASIDE)
                .resolve(Path.of(copy + ".xmp").getFileName())));
        assertTrue(Files.exists(changed));
    }

    /** Each content is stored once, every record agrees, and the next run has nothing to do. */
    private void assertWhole(String gone) throws IOException {
        assertEquals(whole, backups.tree());
        assertEquals(3, Files.readAllLines(backups.root.resolve(Manifest.FILE)).size());
        assertFalse(Files.readString(backups.root.resolve(Manifest.FILE)).contains(gone));
        for (boolean rebuilt : new boolean[] {false, true}) {
            if (rebuilt) {
                DestinationFolder.rebuild(backups.root, Backups.CLOCK, backups.said::add);
            }
            var found = new Found();
            try (Destination view = Destination.view(backups.root, OpenMode.REQUIRE_EXISTING)) {
                view.proofs().verify(Verification.Sample.EVERYTHING, found);
            }
            assertEquals(List.of(), found.findings());
            backups.catchUp(
                    photo("DCIM/1.JPG", "one"), photo("DCIM/2.JPG", "two").undated(), photo("DCIM/3.JPG", "three"));
            assertEquals(List.of(), backups.told, "nothing is new");
            assertEquals(whole, backups.tree());
        }
    }

    @Test
    void aReconciliationThatWasCutOffIsEndedByTheNextRepair() throws Exception {
        String copy = copiedAgain();
        Repair cutOff = repair();
        assertTrue(cutOff.mend(examine(cutOff).get(0)));
        cutOff.reconcile();
        Path asItWas = folder.resolve("as it was");
        copy(backups.root, asItWas);
        cutOff.close();
        backups = new Backups(asItWas);

        try (Repair repair = repair()) {
            List<Repair.Damage> damages = examine(repair);
            for (Repair.Damage damage : damages) {
                assertTrue(repair.mend(damage), damage.path());
            }
            repair.reconcile();
        }
        assertWhole(copy);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRepairThatIsCutOffAtAnyStepIsEndedByTheNext(boolean links) throws Exception {
        String copy = copiedAgain();
        Path before = folder.resolve("before");
        copy(backups.root, before);
        int ended = 0;
        boolean isThrough = false;
        for (int fatal = 0; !isThrough; fatal++) {
            backups = new Backups(folder.resolve("cut off at " + fatal));
            copy(before, backups.root);
            DyingDisk[] disk = new DyingDisk[1];
            int at = fatal;
            try (Repair repair = Repair.open(
                    backups.root,
                    Backups.CLOCK,
                    root -> disk[0] = new DyingDisk(new PathDisk(root), links, at, true),
                    backups.said::add)) {
                for (Repair.Damage damage : examine(repair)) {
                    repair.mend(damage);
                }
                repair.reconcile();
            } catch (IOException cutOff) {
                ended++;
            }
            isThrough = disk[0].operations() <= fatal;
            try (Repair repair = repair()) {
                for (Repair.Damage damage : examine(repair)) {
                    assertTrue(repair.mend(damage), fatal + ": " + damage.path());
                }
                repair.reconcile();
            }
            assertWhole(copy);
        }
        assertTrue(ended > 5, "only " + ended + " steps were disturbed");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.filter(path -> !path.getFileName().toString().startsWith("lock"))
                    .toList()) {
                Files.copy(each, to.resolve(from.relativize(each).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    @Test
    void anEditThatChangedNothingIsNoSecondCopy() throws Exception {
        backups.run(Backups.shot(
                Backups.part("DCIM/4.JPG", Role.PHOTO, "four"),
                Backups.part("PhotoData/Mutations/4/FullSizeRender.jpg", Role.FULL_SIZE_PHOTO, "four")));
        try (Repair repair = repair()) {
            examine(repair);
            assertEquals(Map.of(), repair.reconcile());
        }
    }
}
