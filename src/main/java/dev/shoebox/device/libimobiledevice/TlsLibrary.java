package dev.shoebox.device.libimobiledevice;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which library encrypts for libimobiledevice, which is built with one of three and tells of none. */
final class TlsLibrary {
    /** What a process has in memory, on Linux: proc_pid_maps(5). */
    static final Path OF_THIS_PROCESS = Path.of("/proc/self/maps");

    private static final Pattern FILE = Pattern.compile("/(lib(?:ssl|gnutls|mbedtls)[-.0-9]*\\.so[.0-9]*)$");

    private TlsLibrary() {}

    /** @return the name of its file; empty where the system does not tell, or none is loaded */
    static Optional<String> in(Path maps) {
        try {
            return Files.readAllLines(maps, StandardCharsets.ISO_8859_1).stream()
                    .map(FILE::matcher)
                    .filter(Matcher::find)
                    .map(found -> found.group(1))
                    .findFirst();
        } catch (IOException untold) {
            return Optional.empty();
        }
    }
}
