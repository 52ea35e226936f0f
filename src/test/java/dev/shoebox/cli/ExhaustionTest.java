package dev.shoebox.cli;

import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.history.RunEnding;
import dev.shoebox.run.record.Failures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A lack of file handles or memory is neither a defect nor a lost disk or source. */
class ExhaustionTest {
    private static final int MOST_LEFT = 14;

    @TempDir
    private Path folder;

    /** Backs up once with all handles, then repeatedly with only a few left. */
    public static void main(String[] arguments) throws IOException {
        Path home = Path.of(arguments[0]);
        Shell shell = new Shell(home);
        for (int left = -1; left <= MOST_LEFT; left++) {
            Path card = shell.card("card" + left, "IMG_0001.JPG", "IMG_0002.JPG");
            Deque<FileChannel> hogs = new ArrayDeque<>();
            if (left >= 0) {
                hog(home, hogs);
                for (int i = 0; i < left; i++) {
                    hogs.pop().close();
                }
            }
            int code = shell.shoebox("backup", "--from", card, home.resolve("Backup" + left));
            for (FileChannel hog : hogs) {
                hog.close();
            }
            System.out.println("END " + left + " " + code + " " + (shell.out() + shell.err()).replaceAll("\\s+", " "));
        }
    }

    private static void hog(Path home, Deque<FileChannel> hogs) {
        try {
            while (true) {
                hogs.push(FileChannel.open(home));
            }
        } catch (IOException none) {
            // No handle is left.
        }
    }

    private List<String> run(String limit, String main, String... options) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        "sh",
                        "-c",
                        limit + " exec \"$0\" -XX:-MaxFDLimit " + String.join(" ", options)
                                + " --enable-native-access=ALL-UNNAMED -cp \"$1\" " + main + " \"$2\"",
                        java,
                        System.getProperty("java.class.path"),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said.lines().filter(line -> line.startsWith("END ")).toList();
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "ulimit, and handles as Linux counts them")
    void tooFewFileHandlesAreSaidAsSuch() throws Exception {
        List<String> ends = run("ulimit -n 256;", ExhaustionTest.class.getName());
        assertEquals(MOST_LEFT + 2, ends.size(), ends.toString());
        int exhausted = 0;
        for (String end : ends) {
            int code = Integer.parseInt(end.split(" ", -1)[2]);
            assertTrue(code == 0 || code == RunEnding.EXHAUSTED.number(), end);
            assertFalse(
                    end.contains("unplugged")
                            || end.contains("Unexpected error")
                            || end.contains("is gone")
                            || end.contains("no longer there"),
                    end);
            exhausted += code == 0 ? 0 : 1;
        }
        assertTrue(exhausted > 2, ends.toString());
    }

    @Test
    void tooLittleMemoryIsReportedAsSuch() {
        var failure = new IOException("Reading failed unexpectedly", new OutOfMemoryError("Java heap space"));
        assertEquals(RunEnding.EXHAUSTED, Failures.ending(failure));
        assertTrue(TextFormat.failure(failure).contains("memory"));
        assertEquals(RunEnding.EXHAUSTED, Failures.ending(new OutOfMemoryError("Java heap space")));
    }
}
