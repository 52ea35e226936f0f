package dev.shoebox.cli;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Which figures {@code scripts/bench-check} calls a regression. */
class BenchCheckTest {
    private static final Path SCRIPT = Path.of("scripts/bench-check").toAbsolutePath();

    @TempDir
    private Path folder;

    private Path before;

    @BeforeEach
    void begin() throws IOException {
        before = result("before.md", "fast", "0.70", "10.0");
    }

    private Path result(String name, String machine, String share, String seconds) throws IOException {
        return Files.writeString(folder.resolve(name), """
                # Benchmarks

                Machine: 2 cores (%s), 24 GiB, Linux, kernel 6.1, load 0.1 before.

                | what | wall s, median | min-max | CPU s | peak MB | x limit |
                |---|---|---|---|---|---|
                | shoebox backup | 9.99 | 9-10 | 1.00 | 100 | 1.00 |

                ### Goals

                | case | figure | is | goal | met |
                |---|---|---:|---:|---|
                | usb3 | of the speed of the cable | %s | >= 0.80 | no |
                | small | seconds | %s | <= 10 | no |
                """.formatted(machine, share, seconds));
    }

    private int code(Path run, Object... options) throws Exception {
        Object[] all = new Object[options.length + 2];
        System.arraycopy(options, 0, all, 0, options.length);
        all[options.length] = run;
        all[options.length + 1] = before;
        try (Started check = Started.start(SCRIPT, folder, Map.of(), all).ended()) {
            return check.code();
        }
    }

    @Test
    void equalOrBetterFiguresPass() throws Exception {
        assertEquals(0, code(result("same.md", "fast", "0.66", "10.9")));
        assertEquals(0, code(result("better.md", "fast", "0.95", "5.0")));
    }

    @Test
    void eachFigureFailsThatIsWorseByMoreThanATenth() throws Exception {
        assertEquals(1, code(result("share.md", "fast", "0.62", "10.0")));
        assertEquals(1, code(result("seconds.md", "fast", "0.70", "11.1")));
        assertEquals(0, code(result("seconds.md", "fast", "0.70", "11.1"), "-t", "20"));
    }

    @Test
    void secondsOfAnotherMachineAreNotCompared() throws Exception {
        assertEquals(0, code(result("slow.md", "slow", "0.70", "99.0")));
    }

    @Test
    void aRunWithoutEarlierFiguresDoesNotPass() throws Exception {
        Files.writeString(before, "# Benchmarks\n");
        assertEquals(2, code(result("first.md", "fast", "0.70", "10.0")));
    }
}
