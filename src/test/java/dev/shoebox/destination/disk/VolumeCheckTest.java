package dev.shoebox.destination.disk;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.assertEquals;

class VolumeCheckTest {
    @ParameterizedTest
    @CsvSource({
        "fuseblk, true",
        "ntfs3, true",
        "exfat, true",
        "vfat, true",
        "ext4, false",
        "btrfs, false",
        "xfs, false",
        "apfs, false",
        "ntfs, false"
    })
    void aFileSystemWithoutALogWantsACheckAfterAPowerCut(String type, boolean check) {
        Volume volume = Volume.of(Path.of("/media/me/Photos"), type, "/dev/sdb1", Path.of("/nowhere"));
        assertEquals(check, volume.needsCheckAfterPowerCut());
    }
}
