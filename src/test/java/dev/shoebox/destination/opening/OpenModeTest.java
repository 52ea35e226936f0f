package dev.shoebox.destination.opening;

import dev.shoebox.destination.Backups;
import dev.shoebox.destination.DelegatingDisk;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.DestinationFolder;
import dev.shoebox.destination.disk.DestinationException.Absent;
import dev.shoebox.destination.disk.DestinationException.InUse;
import dev.shoebox.destination.disk.DestinationException.Lost;
import dev.shoebox.destination.disk.DestinationException.NotAShoebox;
import dev.shoebox.destination.disk.PathDisk;
import dev.shoebox.destination.ingest.Ingest;
import dev.shoebox.destination.naming.Layout;
import dev.shoebox.destination.naming.Preview;
import dev.shoebox.destination.records.Catalogue;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.destination.records.Journal;
import dev.shoebox.destination.records.Manifest;
import dev.shoebox.destination.records.database.Database;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import static dev.shoebox.destination.Backups.photo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Which folders become a backup, which are refused, who may write, and what a damaged backup still gives. */
class OpenModeTest {
    @TempDir
    Path folder;

    private Backups backups;

    @BeforeEach
    void begin() {
        backups = new Backups(folder.resolve("deep/backup"));
    }

    private Set<String> everything() throws IOException {
        try (var paths = Files.walk(folder)) {
            return paths.map(Path::toString).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Test
    void anAbsentOrEmptyFolderBecomesAShoebox() throws Exception {
        backups.run();
        assertTrue(Files.isRegularFile(backups.root.resolve(Identity.FILE)));

        var freshDrive = new Backups(Files.createDirectory(folder.resolve("drive")));
        Files.createDirectory(freshDrive.root.resolve("System Volume Information"));
        freshDrive.run();
        assertTrue(Files.isRegularFile(freshDrive.root.resolve(Identity.FILE)));
    }

    @Test
    void aFolderWithOtherThingsInItBecomesOneOnlyWhenAsked() throws Exception {
        Files.createDirectories(backups.root);
        Files.writeString(backups.root.resolve("letter.txt"), "Dear");
        Set<String> before = everything();

        var refused = assertThrows(NotAShoebox.class, backups::open);
        assertTrue(refused.getMessage().contains("--init"), refused.getMessage());
        assertEquals(before, everything());

        backups.opening = OpenMode.INITIALISE;
        backups.run(photo("DCIM/1.JPG", "one"));
        assertEquals("Dear", Files.readString(backups.root.resolve("letter.txt")));

        backups.opening = OpenMode.CREATE_IF_EMPTY;
        backups.run();
    }

    @Test
    void nothingIsCreatedIfABackupIsRequired() throws Exception {
        backups.opening = OpenMode.REQUIRE_EXISTING;
        assertThrows(Absent.class, backups::open);
        assertThrows(Absent.class, () -> Destination.view(backups.root, OpenMode.REQUIRE_EXISTING));

        Files.createDirectories(backups.root);
        assertThrows(NotAShoebox.class, backups::open);
        assertThrows(NotAShoebox.class, () -> Destination.view(backups.root, OpenMode.REQUIRE_EXISTING));
        try (var entries = Files.list(backups.root)) {
            assertEquals(0, entries.count());
        }
    }

    @Test
    void aFileIsNoDestination() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "x");

        assertThrows(NotAShoebox.class, () -> new Backups(file).open());
        var inside = assertThrows(NotAShoebox.class, () -> new Backups(file.resolve("inside")).open());
        assertFalse(inside.getMessage().contains("\n"), inside.getMessage());
    }

    @Test
    void lookingAtAFutureBackupCreatesNothing() throws Exception {
        Set<String> before = everything();

        try (Destination view = Destination.view(backups.root, OpenMode.CREATE_IF_EMPTY)) {
            assertEquals(0, view.stored(Backups.PHONE).count());
            assertTrue(view.freeBytes() > 0);
            Preview preview = view.preview(Backups.PHONE, Layout.parse("month"));
            Backups.Shot shot = photo("DCIM/100APPLE/IMG_0001.HEIC", "x");
            var first = preview.place(shot.asset(), Backups.facts(shot));
            assertEquals("2024/05/IMG_0001.HEIC", first.get(0).path());
            assertFalse(first.get(0).contentDecides());
            Backups.Shot twin = photo("DCIM/101APPLE/IMG_0001.HEIC", "longer");
            assertTrue(preview.place(twin.asset(), Backups.facts(twin)).get(0).contentDecides());
        }
        assertEquals(before, everything());
    }

    @Test
    void oneRunAtATimeInOneProcess() throws Exception {
        try (Destination first = backups.open()) {
            assertThrows(InUse.class, backups::open);
            // The refused run must not have released the first run's lock by checking it.
            assertFalse(isLockFreeForOthers());
            assertTrue(first.freeBytes() > 0);
        }
        backups.open().close();
    }

    @Test
    void aRunOfAnotherProcessIsNamed() throws Exception {
        backups.run();
        Process other = new ProcessBuilder(
                        "python3",
                        "-c",
                        LOCKER,
                        backups.root.resolve(".shoebox/lock").toString())
                .redirectErrorStream(true)
                .start();
        try (var output = other.inputReader()) {
            assertEquals("locked", output.readLine());
            Files.writeString(
                    backups.root.resolve(".shoebox/lock.json"),
                    "{\"host\":\"attic\",\"pid\":4711,\"since\":\"2026-11-20T07:00:00Z\"}");

            var inUse = assertThrows(InUse.class, backups::open);

            assertTrue(inUse.getMessage().contains("process 4711 on attic"), inUse.getMessage());
        } finally {
            other.destroyForcibly().waitFor();
        }
        // Its record says that it runs; the lock proves that it does not.
        backups.open().close();
        assertFalse(Files.exists(backups.root.resolve(".shoebox/lock.json")));
    }

    private static final String LOCKER =
            "import fcntl,sys,time\nf=open(sys.argv[1],'r+b')\nfcntl.lockf(f,fcntl.LOCK_EX)\n"
                    + "print('locked',flush=True)\ntime.sleep(60)";

    private boolean isLockFreeForOthers() throws IOException, InterruptedException {
        return new ProcessBuilder(
                                "python3",
                                "-c",
                                "import fcntl,sys\nf=open(sys.argv[1],'r+b')\nfcntl.lockf(f,fcntl.LOCK_EX|fcntl.LOCK_NB)",
                                backups.root.resolve(".shoebox/lock").toString())
                        .start()
                        .waitFor()
                == 0;
    }

    @Test
    void aDamagedCatalogueIsSetAsideAndMadeAgain() throws Exception {
        backups.run(photo("DCIM/1.JPG", "one"), photo("DCIM/2.JPG", "two"));
        List<String> catalogued = backups.catalogued();
        Path catalogue = backups.root.resolve(Catalogue.FILE);
        byte[] noise = new byte[30_000];
        new Random(1).nextBytes(noise);
        for (byte[] damage : List.of(
                noise,
                new byte[8192],
                "SQLite format 3\0 but no more".getBytes(java.nio.charset.StandardCharsets.US_ASCII))) {
            Files.write(catalogue, damage);
            assertEquals(catalogued, backups.catalogued(), "seen without repair");

            backups.run(photo("DCIM/1.JPG", "one"));

            assertEquals(List.of("duplicate DCIM/1.JPG = 2024/05/1.JPG"), backups.told);
            assertEquals(catalogued, backups.catalogued());
            assertTrue(backups.said.get(backups.said.size() - 1).contains("damaged"), backups.said.toString());
        }
        try (var aside = Files.list(backups.root.resolve(Identity.SET_ASIDE))) {
            assertEquals(
                    3, aside.filter(file -> file.toString().endsWith(".sqlite")).count());
        }
    }

    @Test
    void damageInALargeCatalogueIsFoundAtOnceAfterARunThatDidNotEnd() throws Exception {
        List<String> catalogued = damageALargeCatalogue("resources");
        Files.writeString(backups.root.resolve(".shoebox/lock.json"), "{\"host\":\"attic\",\"pid\":1}");
        assertEquals(catalogued, backups.catalogued(), "seen without repair");

        backups.catchUp(photo("DCIM/1.JPG", "one"), photo("DCIM/2.JPG", "two"));

        assertEquals(List.of(), backups.told);
        assertTrue(backups.said.get(backups.said.size() - 1).contains("damaged"), backups.said.toString());
        assertEquals(catalogued, backups.catalogued());
    }

    @Test
    void damageInALargeCatalogueThatIsMetInUseEndsTheRunAndTheNextMakesItAgain() throws Exception {
        List<String> catalogued = damageALargeCatalogue("resources");
        try (Destination destination = backups.open()) {
            var lost = assertThrows(Lost.class, () -> destination.stored(Backups.PHONE));
            assertTrue(lost.getMessage().contains("catalogue is damaged; no photo is"), lost.getMessage());
        }

        backups.catchUp(photo("DCIM/1.JPG", "one"), photo("DCIM/2.JPG", "two"));

        assertEquals(List.of(), backups.told);
        assertEquals(catalogued, backups.catalogued());
        try (var aside = Files.list(backups.root.resolve(Identity.SET_ASIDE))) {
            assertEquals(
                    1, aside.filter(file -> file.toString().endsWith(".sqlite")).count());
        }
    }

    /** The other run may have the catalogue open, and set the damaged one aside itself. */
    @Test
    void aDamagedCatalogueStaysForTheRunThatTookOver() throws Exception {
        damageALargeCatalogue("resources");
        try (Destination destination = backups.open()) {
            assertThrows(Lost.class, () -> destination.stored(Backups.PHONE));
            Files.writeString(
                    backups.root.resolve(".shoebox/lock.json"), "{\"host\":\"attic\",\"pid\":1,\"run\":\"another\"}");
        }
        assertTrue(Files.exists(backups.root.resolve(Catalogue.FILE)));
        try (var aside = Files.list(backups.root.resolve(Identity.SET_ASIDE))) {
            assertEquals(0, aside.count());
        }
    }

    @Test
    void damageFoundWhileTheCatalogueOpensIsRepairedThere() throws Exception {
        List<String> catalogued = damageALargeCatalogue("ends");

        backups.catchUp(photo("DCIM/1.JPG", "one"), photo("DCIM/2.JPG", "two"));

        assertEquals(List.of(), backups.told);
        assertEquals(catalogued, backups.catalogued());
    }

    /** @return the rows that it had */
    private List<String> damageALargeCatalogue(String table) throws Exception {
        backups.run(photo("DCIM/1.JPG", "one"), photo("DCIM/2.JPG", "two"));
        List<String> catalogued = backups.catalogued();
        Path file = backups.root.resolve(Catalogue.FILE);
        int page;
        try (Database database = Database.exclusive(file, false, () -> false)) {
            database.update("CREATE TABLE padding AS SELECT zeroblob(10000000) AS bytes");
            page = database.query("SELECT rootpage FROM sqlite_master WHERE name = ?", row -> row.getInt(1), table)
                    .get(0);
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(java.nio.ByteBuffer.allocate(4096), (page - 1) * 4096L);
        }
        return catalogued;
    }

    @Test
    void aMissingCatalogueIsMadeAgain() throws Exception {
        backups.run(photo("DCIM/1.JPG", "one"));
        List<String> catalogued = backups.catalogued();
        for (String ending : new String[] {"", "-journal"}) {
            Files.deleteIfExists(backups.root.resolve(Catalogue.FILE + ending));
        }

        backups.run();

        assertEquals(catalogued, backups.catalogued());
        assertTrue(backups.said.get(0).contains("missing"), backups.said.toString());
    }

    @Test
    void anUnreadableIdentityIsReplacedIfThereIsACatalogue() throws Exception {
        backups.run(photo("DCIM/1.JPG", "one"));
        Files.writeString(backups.root.resolve(Identity.FILE), "");

        backups.opening = OpenMode.REQUIRE_EXISTING;
        backups.run(photo("DCIM/1.JPG", "one"));

        assertTrue(backups.told.get(0).startsWith("duplicate"));
        assertTrue(Files.size(backups.root.resolve(Identity.FILE)) > 0);
    }

    @Test
    void aBackupOfALaterFormatIsLeftAlone() throws Exception {
        backups.run();
        Files.writeString(
                backups.root.resolve(Identity.FILE),
                "{\"format\":3,\"id\":\"x\",\"created\":\"2030-01-01T00:00:00Z\"}");

        assertThrows(NotAShoebox.class, backups::open);
    }

    @Test
    void linesRemovedFromTheManifestAndTheJournalComeBack() throws Exception {
        backups.run(photo("DCIM/1.JPG", "one"), photo("DCIM/2.JPG", "two"));
        List<String> manifest = backups.manifest();
        List<String> catalogued = backups.catalogued();
        for (int left : new int[] {0, 60, 150}) {
            for (String file : new String[] {Manifest.FILE, Journal.FILE}) {
                try (FileChannel channel = FileChannel.open(backups.root.resolve(file), StandardOpenOption.WRITE)) {
                    channel.truncate(left);
                }
            }

            backups.run();
            assertEquals(manifest, backups.manifest(), "cut after " + left + " bytes");

            DestinationFolder.rebuild(backups.root, Backups.CLOCK, backups.said::add);
            assertEquals(catalogued, backups.catalogued(), "cut after " + left + " bytes");
        }
    }

    @Test
    void aRunUnderWayCanBeLookedAt() throws Exception {
        try (Destination destination = backups.open()) {
            backups.store(destination, photo("DCIM/1.JPG", "one"));

            assertEquals(List.of("DCIM/1.JPG -> 2024/05/1.JPG"), backups.catalogued());

            backups.store(destination, photo("DCIM/2.JPG", "two"));
        }
        assertEquals(2, backups.catalogued().size());
    }

    @Test
    void aFolderOfRecordsThatAnotherRunMadeAMomentAgoIsNoObstacle() throws Exception {
        backups.disks = root -> new DelegatingDisk(new PathDisk(root)) {
            @Override
            public void makeFolder(String path) throws IOException {
                if (path.startsWith(Identity.FOLDER)) {
                    super.makeFolder(path);
                }
                super.makeFolder(path);
            }
        };
        backups.run(photo("DCIM/1.JPG", "one"));
        assertEquals(1, backups.catalogued().size());
    }

    @Test
    void aDriveThatIsGoneIsNotFilledInItsMountPoint() throws Exception {
        try (Destination destination = backups.open();
                Ingest ingest = destination.ingest(backups.source, backups.layout, backups.listener())) {
            ingest.store(backups.arrival(ingest, photo("DCIM/1.JPG", "one")));
            Files.move(backups.root, folder.resolve("unplugged"));
            Files.createDirectory(backups.root);

            assertThrows(Lost.class, ingest::flush);
        }
        try (var entries = Files.list(backups.root)) {
            assertEquals(0, entries.count());
        }
    }
}
