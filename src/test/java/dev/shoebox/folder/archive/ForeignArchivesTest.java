package dev.shoebox.folder.archive;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ForeignArchivesTest {
    @ParameterizedTest
    @CsvSource({
        "a.zip, a.zip a.z01 a.z02",
        "a.ZIP, A.ZIP A.Z01",
        "a.zip.001, a.zip.001 a.zip.002",
        "a.zip.001, a.zip.001",
        "a.7z.001, a.7z.001",
        "a.tar.000, a.tar.000 a.tar.001",
        "a.mov.001, a.mov.001 a.mov.002",
        "a.tar.gz.aa, a.tar.gz.aa a.tar.gz.ab",
        "a.tgzaa, a.tgzaa",
        "a.tar-aaa, a.tar-aaa",
        "a.part1.rar, a.part1.rar a.part2.rar",
        "a.part01.rar, a.part01.rar",
        "a.rar, a.rar a.r00",
        "a.rar, a.rar",
        "a.7z, a.7z",
        "a.tar.bz2, a.tar.bz2",
        "a.txz, a.txz",
        "a.dmg, a.dmg",
    })
    void adviceIsGivenForUnreadableArchives(String name, String beside) {
        String advice = ForeignArchives.file(name, ForeignArchives.lower(Arrays.asList(beside.split(" "))))
                .orElseThrow();
        assertTrue(advice.contains("back up"), advice);
    }

    @ParameterizedTest
    @CsvSource({
        "a.z01, a.zip a.z01",
        "a.zip.002, a.zip.001 a.zip.002",
        "a.tar.gz.ab, a.tar.gz.aa a.tar.gz.ab",
        "a.part2.rar, a.part1.rar a.part2.rar",
        "a.r00, a.rar a.r00",
        "a.tar.001, a.tar.000 a.tar.001",
    })
    void namesTheOtherPartsAsParts(String name, String beside) {
        assertTrue(ForeignArchives.file(name, ForeignArchives.lower(Arrays.asList(beside.split(" "))))
                .orElseThrow()
                .contains("advice for its "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.zip",
                "a.tar",
                "a.tgz",
                "a.tar.gz",
                "a.jpg",
                "photo.001",
                "takeout-2024-001.zip",
                "a.z",
                "a.zipper",
                "a.targa"
            })
    void leavesTheRest(String name) {
        assertEquals(Optional.empty(), ForeignArchives.file(name, Set.of(name)));
    }

    @Test
    void knowsThePhoneBackupsOfItunes() {
        assertTrue(ForeignArchives.isPhoneBackup(List.of("00", "ff", "Manifest.db", "Info.plist", "Status.plist")));
        assertTrue(ForeignArchives.isPhoneBackup(List.of("Manifest.mbdb", "Manifest.plist")));
        assertFalse(ForeignArchives.isPhoneBackup(List.of("Info.plist", "IMG_0001.JPG")));
        assertFalse(ForeignArchives.isPhoneBackup(List.of("Manifest.db", "IMG_0001.JPG")));
    }
}
