package dev.shoebox.cli;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** A backup, a folder for exports, and the programs that a user without Shoebox has. */
abstract class ExportTrial {
    @TempDir
    Path home;

    @TempDir
    Path media;

    @TempDir
    Path out;

    Shell shell;
    Path backup;

    @BeforeEach
    final void open() {
        shell = new Shell(home);
        shell.environment.put("PATH", System.getenv("PATH"));
        backup = home.resolve("backup");
    }

    /** No unfinished file is left beside the export, in any case. */
    @AfterEach
    void nothingUnfinishedIsLeft() throws IOException {
        try (Stream<Path> left = Files.walk(out)) {
            assertEquals(
                    List.of(),
                    left.filter(path -> path.toString().endsWith(".part")).toList());
        }
    }

    final int export(Object... words) {
        List<Object> all = new ArrayList<>(List.of("export", "--json"));
        all.addAll(List.of(words));
        all.add(backup);
        return shell.shoebox(all.toArray());
    }

    final Map<String, Object> summary() throws IOException {
        List<Map<String, Object>> events = shell.json();
        assertEquals("summary", events.get(events.size() - 1).get("event"));
        return events.get(events.size() - 1);
    }

    static String run(Path folder, String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> List.of(command) + ": " + words);
        return words;
    }

    static Map<String, byte[]> files(Path folder) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }

    /** The photos of the backup and their sidecars. */
    final Map<String, byte[]> stored() throws IOException {
        Map<String, byte[]> files = files(backup);
        files.keySet().removeIf(path -> path.startsWith(".shoebox") || path.equals("SHA256SUMS"));
        return files;
    }

    final Path unpack(String name, String... command) throws Exception {
        Path folder = Files.createDirectories(home.resolve("unpacked-" + name));
        List<String> words = new ArrayList<>(List.of(command));
        words.add(out.resolve(name).toString());
        run(folder, words.toArray(String[]::new));
        return folder;
    }
}
