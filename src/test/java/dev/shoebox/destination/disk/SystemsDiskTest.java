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

/** What a disk is found to be able to do on systems that are not this one. */
class SystemsDiskTest {
    @TempDir
    private Path folder;

    /** There, what was just written is read from memory, also where the file is opened to be read past it. */
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

    /** Windows has no modes, but lists of who may what: there is nothing to warn of. */
    @Test
    void aDiskWithListsOfWhoMayWhatKeepsPermissions() throws IOException {
        assertFalse(limits(windows("basic", "dos", "acl")).contains(DiskLimitation.NO_PERMISSIONS));
        assertTrue(limits(windows("basic", "dos")).contains(DiskLimitation.NO_PERMISSIONS));
    }

    /** FAT there, whose driver flushes a volume for whoever flushes its top folder; of exFAT's nobody knows. */
    @Test
    void aDiskOfWindowsWhoseVolumeCanBeFlushedFlushesFolders() throws IOException {
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
    void macOsIsToldWhereItsSettingIs() {
        String advice = Permission.advice(folder, OperatingSystem.MACOS);

        assertTrue(advice.contains("Full Disk Access"), advice);
        assertTrue(
                advice.contains(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString()),
                advice);
        assertFalse(Permission.advice(folder, OperatingSystem.LINUX).contains("macOS"));
    }
}
