package dev.shoebox.device.transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The advice names only commands that the system has. */
class LinuxPackagesTest {
    @TempDir
    private Path folder;

    private LinuxPackages of(String text) throws IOException {
        return LinuxPackages.of(Files.writeString(folder.resolve("os-release"), text));
    }

    @ParameterizedTest
    @CsvSource({
        "debian, '', APT",
        "linuxmint, ubuntu debian, APT",
        "fedora, '', DNF",
        "almalinux, rhel centos fedora, DNF",
        "manjaro, arch, PACMAN",
        "opensuse-tumbleweed, opensuse suse, ZYPPER",
        "alpine, '', APK",
        "nixos, '', NIX",
        "void, '', UNKNOWN"
    })
    void eachSystemHasItsOwn(String id, String like, LinuxPackages expected) throws IOException {
        assertEquals(expected, of("NAME=\"x\"\nVERSION_ID=12\nID=" + id + "\nID_LIKE=\"" + like + "\"\n"));
    }

    @Test
    void onAnUnknownSystemNoCommandIsNamed() {
        assertEquals(LinuxPackages.UNKNOWN, LinuxPackages.of(folder.resolve("none")));
        assertFalse(LinuxPackages.UNKNOWN.library().contains("sudo"));
    }

    @Test
    void theWordsAreThoseOfTheSystem() {
        assertTrue(LinuxPackages.DNF.library().contains("sudo dnf install libimobiledevice"));
        assertTrue(LinuxPackages.APK.daemon().contains("rc-service"));
        assertTrue(LinuxPackages.NIX.daemon().contains("services.usbmuxd.enable"));
        assertTrue(LinuxPackages.NIX.library().contains("jna.library.path"));
    }
}
