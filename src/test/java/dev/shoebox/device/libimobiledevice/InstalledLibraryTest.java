package dev.shoebox.device.libimobiledevice;

import com.sun.jna.NativeLibrary;
import dev.shoebox.device.transport.DeviceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A library that exists and cannot be loaded is not reported as missing. */
class InstalledLibraryTest {
    @TempDir
    private Path folder;

    private static String refusal(String name) {
        return assertThrows(
                        DeviceException.LibraryMissing.class, () -> InstalledLibrary.load(List.of(name), List.of(name)))
                .getMessage();
    }

    @Test
    void aLibraryThatCannotBeLoadedIsReportedWithTheSystemsReason() throws Exception {
        Files.writeString(folder.resolve(System.mapLibraryName("unfit-1")), "no library");
        NativeLibrary.addSearchPath("unfit-1", folder.toString());

        String said = refusal("unfit-1");

        assertTrue(said.contains(folder.toString()) && said.contains("--transport java"), said);
        assertTrue(refusal("no-such-library").contains("is not installed"));
    }

    /** The message of macOS if Java for Intel meets Homebrew's library for Apple silicon (jna #1437). */
    @Test
    void anotherKindOfProcessorIsAReasonAlsoBesidePlacesWithoutAFile() {
        String unfit = "dlopen(/opt/homebrew/lib/libimobiledevice-1.0.dylib, 0x0009): tried:"
                + " '/opt/homebrew/lib/libimobiledevice-1.0.dylib' (mach-o file, but is an incompatible architecture"
                + " (have 'arm64', need 'x86_64')), '/usr/lib/libimobiledevice-1.0.dylib' (no such file)";
        String absent = "dlopen(libimobiledevice.dylib, 0x0009): tried: 'libimobiledevice.dylib' (no such file)";

        assertEquals(
                Optional.of(unfit),
                InstalledLibrary.unfit("Unable to load library 'imobiledevice':\n" + absent + "\n" + unfit));
        assertEquals(Optional.empty(), InstalledLibrary.unfit("Unable to load library 'imobiledevice':\n" + absent));
    }

    @Test
    void theEncryptingLibraryIsReportedIfLinuxListsIt() throws Exception {
        String line = "7f0000000000-7f0000001000 r-xp 00000000 08:01 42 /usr/lib/x86_64-linux-gnu/";
        Path maps = Files.writeString(folder.resolve("maps"), line + "libc.so.6\n" + line + "libssl.so.3\n");

        assertEquals(Optional.of("libssl.so.3"), TlsLibrary.in(maps));
        assertEquals(Optional.empty(), TlsLibrary.in(folder.resolve("none")));
    }
}
