package dev.shoebox.destination.disk;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.shoebox.system.FileCalls;
import dev.shoebox.system.OperatingSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The detected capabilities of disks on other systems. */
class SystemsDiskTest {
    @TempDir
    private Path folder;

    /** macOS reads newly written bytes from memory, even if the file is opened to bypass it. */
    @Test
    void nothingThatMacOsReadsBackIsAProof() throws IOException {
        Files.writeString(folder.resolve("a.jpg"), "photo");
        List<ByteBuffer> read = new ArrayList<>();

        assertFalse(new PathDisk(folder.toRealPath(), FileCalls.of(OperatingSystem.MACOS))
                .readPastCache("a.jpg", read::add));
        assertEquals(List.of(), read);
        assertTrue(limits(new PathDisk(folder.toRealPath(), FileCalls.of(OperatingSystem.MACOS)))
                .contains(DiskLimitation.NO_READ_BACK));
    }

    /** Windows has access control lists instead of modes: there is nothing to warn about. */
    @Test
    void aDiskWithAccessControlListsKeepsPermissions() throws IOException {
        assertFalse(limits(windows("basic", "dos", "acl")).contains(DiskLimitation.NO_PERMISSIONS));
        assertTrue(limits(windows("basic", "dos")).contains(DiskLimitation.NO_PERMISSIONS));
    }

    /** The FAT driver of Windows flushes the volume when its top folder is flushed; for exFAT this is unknown. */
    @Test
    void aWindowsDiskWhoseVolumeCanBeFlushedFlushesFolders() throws IOException {
        Path backup = Files.createDirectories(
                Jimfs.newFileSystem(Configuration.windows()).getPath("C:\\backup"));
        List<Path> flushed = new ArrayList<>();

        PathDisk fat = new PathDisk(backup, FileCalls.of(OperatingSystem.WINDOWS, flushed::add));
        assertFalse(limits(fat).contains(DiskLimitation.NO_FOLDER_FLUSH));
        assertEquals(List.of(backup.resolve("scratch")), flushed);
        PathDisk other = new PathDisk(backup, FileCalls.of(OperatingSystem.WINDOWS, folder -> false));
        other.delete("scratch");
        assertTrue(limits(other).contains(DiskLimitation.NO_FOLDER_FLUSH));
    }

    private static PathDisk windows(String... views) throws IOException {
        FileSystem files = Jimfs.newFileSystem(Configuration.windows().toBuilder()
                .setAttributeViews(views[0], java.util.Arrays.copyOfRange(views, 1, views.length))
                .build());
        return new PathDisk(
                Files.createDirectories(files.getPath("C:\\backup")), FileCalls.of(OperatingSystem.WINDOWS));
    }

    private static java.util.Set<DiskLimitation> limits(PathDisk disk) throws IOException {
        disk.makeFolder("scratch");
        return DiskCapabilities.probe(disk, "scratch", line -> {}).limits();
    }

    @Test
    void onMacosTheSettingIsNamed() {
        String advice = Permission.advice(folder, OperatingSystem.MACOS);

        assertTrue(advice.contains("Full Disk Access"), advice);
        assertTrue(
                advice.contains(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString()),
                advice);
        assertFalse(Permission.advice(folder, OperatingSystem.LINUX).contains("macOS"));
    }
}
