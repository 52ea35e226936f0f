package dev.shoebox.device.libimobiledevice;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Determines the TLS library of libimobiledevice, which is built with one of three and does not say which. */
final class TlsLibrary {
    /** The memory map of this process, on Linux: proc_pid_maps(5). */
    static final Path OF_THIS_PROCESS = Path.of("/proc/self/maps");

    private static final Pattern FILE = Pattern.compile("/(lib(?:ssl|gnutls|mbedtls)[-.0-9]*\\.so[.0-9]*)$");

    private TlsLibrary() {}

    /** @return the name of its file; empty if the system does not provide it, or none is loaded */
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
