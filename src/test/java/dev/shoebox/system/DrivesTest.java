package dev.shoebox.system;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;

class DrivesTest {
    /** A share whose server is away answers late or never, and every scheduled run looks at every drive. */
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
