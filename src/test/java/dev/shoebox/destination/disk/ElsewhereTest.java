package dev.shoebox.destination.disk;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.util.EnumSet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Folders in which "safe" holds for this computer's copy alone. */
class ElsewhereTest {
    private static Volume volume(String type, String device) {
        return new Volume(type, device, false);
    }

    @ParameterizedTest
    @CsvSource({
        "nfs4, nas:/photos",
        "cifs, //nas/photos",
        "fuse, https://cloud.example/dav/",
        "fuse.rclone, offsite:iphone",
        "fuse.sshfs, anna@nas:/photos",
        "smbfs, //anna@nas._smb._tcp.local/photos"
    })
    void sharesAndMountedCloudsAreElsewhere(String type, String device) {
        assertTrue(Volume.isElsewhere(Path.of("/mnt/there"), volume(type, device)));
    }

    @ParameterizedTest
    @CsvSource({
        "ext4, /dev/sda1",
        "exfat, /dev/sdb1",
        "fuseblk, /dev/sdc1",
        "tmpfs, tmpfs",
        "apfs, /dev/disk3s5",
        "NTFS, Daten",
        "fuse.gocryptfs, /home/anna/.encrypted",
        "'', ''"
    })
    void disksAreNot(String type, String device) {
        assertFalse(Volume.isElsewhere(Path.of("/media/anna/USB"), volume(type, device)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/home/anna/Dropbox/iPhone",
                "/Users/anna/Library/Mobile Documents/com~apple~CloudDocs/iPhone",
                "/Users/anna/Library/CloudStorage/GoogleDrive-anna@example.org/My Drive",
                "/home/anna/OneDrive - Firm/iPhone"
            })
    void aFolderThatACloudsProgramKeepsIsElsewhere(String folder) {
        assertTrue(Volume.isElsewhere(Path.of(folder), volume("ext4", "/dev/sda1")));
        assertFalse(Volume.isElsewhere(Path.of("/home/anna/OneDriveOld/iPhone"), volume("ext4", "/dev/sda1")));
    }

    @Test
    void aShareOfWindowsIsElsewhereAndADriveIsNot() throws Exception {
        try (FileSystem windows = Jimfs.newFileSystem(Configuration.windows())) {
            assertTrue(Volume.isElsewhere(windows.getPath("\\\\nas\\photos\\iPhone"), volume("NTFS", "photos")));
            assertFalse(Volume.isElsewhere(windows.getPath("D:\\iPhone"), volume("NTFS", "Daten")));
        }
    }

    @Test
    void itIsReportedBeforeOtherLimits() {
        assertEquals(
                DiskLimitation.ELSEWHERE,
                EnumSet.allOf(DiskLimitation.class).iterator().next());
        assertTrue(DiskLimitation.ELSEWHERE.isForEveryRun());
    }
}
