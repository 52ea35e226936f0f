package dev.shoebox;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Inputs on which other programs failed, as users reported them; beside the samples of {@code SHOEBOX_SAMPLES}. */
public final class ReportedCases {
    private ReportedCases() {}

    /**
     * Unpacks one case with its file times and links. If the samples are absent, skips the test visibly.
     *
     * @param name the first folder of the case
     * @return the folder of that name
     */
    public static Path unpack(String name, Path into) throws IOException {
        Path samples =
                Path.of(Optional.ofNullable(System.getenv("SHOEBOX_SAMPLES")).orElse("../shared/samples"));
        Path packed = samples.resolve("reports.tar.gz");
        assumeTrue(
                Files.exists(packed), "no " + packed.toAbsolutePath() + "; set SHOEBOX_SAMPLES to test reported cases");
        try (var tar = new TarArchiveInputStream(
                new GZIPInputStream(new BufferedInputStream(Files.newInputStream(packed))), "UTF-8")) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                String path = entry.getName().replaceFirst("^\\./", "");
                if (!path.startsWith(name + "/") || entry.isDirectory()) {
                    continue;
                }
                Path file = into.resolve(path);
                Files.createDirectories(file.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(tar, file);
                    Files.setLastModifiedTime(file, entry.getLastModifiedTime());
                }
            }
        }
        return into.resolve(name);
    }
}
