package dev.shoebox.system;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import org.junit.jupiter.api.Test;

import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;

class DrivesTest {
    /** GetDriveType: 3 is a fixed disk, 2 a removable one, 4 a share, 1 a letter without a volume. */
    @Test
    void aLetterOfWindowsThatStandsForAShareIsNoDrive() {
        FileSystem windows = Jimfs.newFileSystem(Configuration.windows().toBuilder()
                .setRoots("C:\\", "D:\\", "E:\\", "Z:\\")
                .build());
        Map<Path, OptionalInt> types = Map.of(
                windows.getPath("C:\\"),
                OptionalInt.of(3),
                windows.getPath("D:\\"),
                OptionalInt.of(2),
                windows.getPath("E:\\"),
                OptionalInt.of(1),
                windows.getPath("Z:\\"),
                OptionalInt.of(4));
        assertEquals(
                Set.of(windows.getPath("C:\\"), windows.getPath("D:\\")),
                Set.copyOf(Drives.letters(windows.getRootDirectories(), types::get)));
        assertEquals(
                4,
                Drives.letters(windows.getRootDirectories(), root -> OptionalInt.empty())
                        .size());
    }

    /** A share whose server is away answers late or never, and every scheduled run checks every drive. */
    @Test
    void aShareOnMacosIsNoDrive() {
        assertEquals(
                Set.of(Path.of("/Volumes/photos on nas (1)"), Path.of("/System/Volumes/Data/home")),
                Drives.shares("""
                        /dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
                        /dev/disk4s2 on /Volumes/USB (2024) (exfat, local, nodev, nosuid, noowners, noatime)
                        map auto_home on /System/Volumes/Data/home (autofs, automounted, nobrowse)
                        //anna@nas._smb._tcp.local/photos on /Volumes/photos on nas (1) (smbfs, nodev, nosuid, mounted by anna)
                        """));
    }
}
