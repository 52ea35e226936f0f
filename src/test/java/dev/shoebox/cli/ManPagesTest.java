package dev.shoebox.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ManPagesTest {
    /** The requests with which a line of a page may begin; source: man(7), groff(7). */
    private static final String REQUEST = "\\.(TH|SH|TP|PP|B|nh|ad l|nf|fi)( .*)?";

    @TempDir
    private Path folder;

    @Test
    void everyCommandHasAPageThatNamesItsOptions() throws Exception {
        ManPages.main(new String[] {folder.toString(), "2026-11-20"});

        String backup = Files.readString(folder.resolve("shoebox-backup.1"));
        assertTrue(backup.startsWith(".TH \"SHOEBOX-BACKUP\" 1 \"2026-11-20\" \"shoebox "), backup);
        assertTrue(backup.contains("\\fB\\-\\-layout\\fR=\\fILAYOUT\\fR"), backup);
        assertTrue(backup.contains("\\fB\\-n\\fR, \\fB\\-\\-dry\\-run\\fR\n"), backup);
        assertTrue(backup.contains("shoebox backup \\-\\-layout '%Y/%Y\\-%m\\-%d' ~/Pictures/iPhone"), backup);
        for (String page : List.of("shoebox.1", "shoebox-config-init.1", "shoebox-safe-to-remove.1")) {
            assertTrue(Files.exists(folder.resolve(page)), page);
        }
    }

    @Test
    void noWordOfAPageIsARequest() throws Exception {
        ManPages.main(new String[] {folder.toString(), "2026-11-20"});

        try (Stream<Path> pages = Files.list(folder)) {
            for (Path page : pages.toList()) {
                for (String line : Files.readAllLines(page)) {
                    assertTrue(!line.matches("[.'].*") || line.matches(REQUEST), page.getFileName() + ": " + line);
                    assertEquals(-1, line.replaceAll("\\\\(f[BIR]|e|-|&)", "").indexOf('\\'), line);
                }
            }
        }
    }
}
