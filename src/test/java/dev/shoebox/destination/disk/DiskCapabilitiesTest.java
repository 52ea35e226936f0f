package dev.shoebox.destination.disk;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.shoebox.destination.Backups;
import dev.shoebox.destination.DelegatingDisk;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.DestinationFolder;
import dev.shoebox.destination.RecordedRun;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.destination.records.Journal;
import dev.shoebox.history.RunEnding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The capabilities of a disk, and the volume that a folder is on. */
class DiskCapabilitiesTest {
    @TempDir
    Path folder;

    private List<String> everything() throws IOException {
        try (var paths = Files.walk(folder)) {
            return paths.map(path -> folder.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aFileReadPastTheCacheIsTheFile() throws Exception {
        Disk disk = new PathDisk(folder.toRealPath());
        for (int size : new int[] {0, 1, 511, 4095, 4096, 4097, 1 << 20, (1 << 20) + 1, (3 << 20) - 7}) {
            byte[] content = new byte[size];
            new Random(size).nextBytes(content);
            Files.write(folder.resolve("file"), content);
            var read = new ByteArrayOutputStream();

            boolean can = disk.readPastCache("file", bytes -> {
                byte[] some = new byte[bytes.remaining()];
                bytes.get(some);
                read.writeBytes(some);
            });

            assumeTrue(can, "the disk below the temporary folder cannot be read past the cache");
            assertArrayEquals(content, read.toByteArray(), size + " bytes");
        }
        assertThrows(IOException.class, () -> disk.readPastCache("no such file", bytes -> {}));
    }

    @Test
    void aTrialLeavesNothingBehind() throws Exception {
        List<String> before = everything();

        DiskReport found = DestinationFolder.examine(folder, Backups.CLOCK);

        assertFalse(found.isShoebox());
        assertTrue(found.freeBytes() > 0);
        assertFalse(found.limits().contains(DiskLimitation.CHANGES_NAMES));
        assertEquals(before, everything());
    }

    /** FAT and exFAT under Windows: a power cut may lose names, and the bytes of photos with them. */
    @Test
    void withoutLinksAndFolderFlushesEachRunSaysToEject() throws Exception {
        Files.createDirectory(folder.resolve("scratch"));
        for (boolean links : new boolean[] {true, false}) {
            Disk disk = new DelegatingDisk(new PathDisk(folder.toRealPath())) {
                @Override
                public void link(String existing, String fresh) throws IOException {
                    if (!links) {
                        throw new IOException("no links");
                    }
                    super.link(existing, fresh);
                }

                @Override
                public void forceFolder(String path) throws IOException {
                    throw new IOException("no folder is opened");
                }
            };
            List<String> said = new ArrayList<>();

            var abilities = DiskCapabilities.probe(disk, "scratch", said::add);

            assertTrue(abilities.limits().contains(DiskLimitation.NO_FOLDER_FLUSH));
            assertEquals(!links, said.contains(DiskLimitation.NO_FOLDER_FLUSH.message()), said.toString());
        }
    }

    @Test
    void noLocaleIsBlamedForANameThatWindowsNeverHas() throws Exception {
        try (FileSystem windows = Jimfs.newFileSystem(Configuration.windows())) {
            Disk disk = new PathDisk(windows.getPath("C:\\work"));

            String said =
                    assertThrows(IOException.class, () -> disk.look("a:b")).getMessage();

            assertTrue(said.contains("a:b"), said);
            assertFalse(said.contains("locale"), said);
        }
    }

    @Test
    void aShoeboxIsTriedUnderItsLock() throws Exception {
        var backups = new Backups(folder.resolve("backup"));
        backups.run();
        List<String> before = everything();

        assertTrue(DestinationFolder.examine(backups.root, Backups.CLOCK).isShoebox());
        assertEquals(before, everything());

        try (Destination running = backups.open()) {
            assertThrows(
                    DestinationException.InUse.class, () -> DestinationFolder.examine(backups.root, Backups.CLOCK));
            assertTrue(running.freeBytes() > 0);
        }
    }

    @Test
    void limitsOfADiskAreReportedOnceAndRecordedWithTheRun() throws Exception {
        var backups = new Backups(folder.resolve("backup"));
        backups.disks = root -> new Limited(new PathDisk(root));
        try (Destination destination = backups.open()) {
            destination
                    .runs()
                    .record(
                            RecordedRun.of(Backups.PHONE, Backups.MODIFIED, Backups.MODIFIED, RunEnding.DONE),
                            ZoneId.of("Europe/Berlin"));
        }

        assertEquals(
                List.of(
                        DiskLimitation.NO_FLUSH.message(),
                        DiskLimitation.NO_READ_BACK.message(),
                        DiskLimitation.NO_PERMISSIONS.message()),
                backups.said);
        String journal = Files.readString(backups.root.resolve(Journal.FILE));
        assertTrue(journal.contains("\"limits\":[\"no-flush\",\"no-read-back\",\"no-permissions\""), journal);

        // A rebuild restores such a run, whatever it says about the disk.
        DestinationFolder.rebuild(backups.root, Backups.CLOCK, line -> {});
        try (Destination view = Destination.view(backups.root, OpenMode.REQUIRE_EXISTING)) {
            assertEquals(1, view.status().size());
        }
    }

    @Test
    void onlyADiskThatIsSurelyInsideTheComputerCountsAsBuiltIn() throws Exception {
        Path devices = Files.createDirectories(folder.resolve("devices"));
        Path blocks = Files.createDirectories(folder.resolve("blocks"));
        Path dev = Files.createDirectories(folder.resolve("dev"));
        class Machine {
            void block(String name, Path at, String removable) throws IOException {
                Files.createDirectories(at);
                if (!removable.isEmpty()) {
                    Files.writeString(at.resolve("removable"), removable + "\n");
                }
                Files.createSymbolicLink(blocks.resolve(name), at);
                Files.createFile(dev.resolve(name));
            }

            void partition(String name, Path disk) throws IOException {
                block(name, disk.resolve(name), "");
                Files.writeString(disk.resolve(name).resolve("partition"), "1\n");
            }

            boolean isBuiltIn(String type, String name) {
                return Volume.of(Path.of("/somewhere"), type, dev.resolve(name).toString(), blocks)
                        .isBuiltIn();
            }
        }
        var machine = new Machine();
        machine.block("sda", devices.resolve("pci0/ata1/block/sda"), "0");
        machine.partition("sda1", devices.resolve("pci0/ata1/block/sda"));
        machine.block("sdb", devices.resolve("pci0/usb1/1-1/block/sdb"), "0");
        machine.partition("sdb1", devices.resolve("pci0/usb1/1-1/block/sdb"));
        machine.block("sdc", devices.resolve("pci0/ata2/block/sdc"), "1");
        machine.partition("sdc1", devices.resolve("pci0/ata2/block/sdc"));
        machine.block("mmcblk0", devices.resolve("platform/mmc0/block/mmcblk0"), "0");
        Files.createDirectories(devices.resolve("platform/mmc0/block/mmcblk0/device"));
        Files.writeString(devices.resolve("platform/mmc0/block/mmcblk0/device/type"), "SD\n");
        machine.block("dm-0", devices.resolve("virtual/block/dm-0"), "0");
        Files.createDirectories(devices.resolve("virtual/block/dm-0/slaves"));
        Files.createSymbolicLink(
                devices.resolve("virtual/block/dm-0/slaves/sdb1"), devices.resolve("pci0/usb1/1-1/block/sdb/sdb1"));

        assertTrue(machine.isBuiltIn("ext4", "sda1"));
        assertTrue(machine.isBuiltIn("tmpfs", "tmpfs"));
        assertFalse(machine.isBuiltIn("vfat", "sda1"), "FAT");
        assertFalse(machine.isBuiltIn("nfs4", "server:/photos"), "a share");
        assertFalse(machine.isBuiltIn("fuseblk", "sda1"), "NTFS");
        assertFalse(machine.isBuiltIn("ext4", "sdb1"), "a USB disk, which does not call itself removable");
        assertFalse(machine.isBuiltIn("ext4", "sdc1"), "removable");
        assertFalse(machine.isBuiltIn("ext4", "mmcblk0"), "a card");
        assertFalse(machine.isBuiltIn("ext4", "dm-0"), "an encrypted USB disk");
        assertFalse(machine.isBuiltIn("ext4", "nowhere"), "unknown");
    }

    /** A disk that lacks every capability. */
    private static final class Limited extends DelegatingDisk {
        Limited(Disk disk) {
            super(disk);
        }

        @Override
        public Out create(String path) throws IOException {
            return new DelegatingOut(super.create(path)) {
                @Override
                public void force() throws IOException {
                    throw new IOException("Inappropriate ioctl for device");
                }
            };
        }

        @Override
        public boolean readPastCache(String path, Consumer<ByteBuffer> taker) {
            return false;
        }

        @Override
        public boolean keepsMode(String path) {
            return false;
        }

        @Override
        public long largestFile(String scratch) {
            return 0xFFFF_FFFFL;
        }
    }
}
