package dev.shoebox.cli;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** A backup of a memory card with a photo, and a film that the backup stores in parts. */
abstract class PartsCase {
    /** What follows the name of the film in the names of its parts and of their note. */
    static final List<String> ENDINGS = List.of(".001", ".002", ".003", ".sha256");

    @TempDir
    Path home;

    Shell shell;
    Path card;
    Path backup;

    /** The film. */
    byte[] bytes;

    /** The path of the film in the backup. */
    String film;

    /** Returns the content of the film. */
    abstract byte[] film();

    /** Makes the backup. Returns the path of the film in it. */
    abstract String stored() throws IOException;

    @BeforeEach
    void backUp() throws IOException {
        shell = new Shell(home);
        card = home.resolve("card");
        backup = home.resolve("backup");
        bytes = film();
        Path folder = Files.createDirectories(card.resolve("DCIM/100APPLE"));
        Files.write(folder.resolve("IMG_0001.MOV"), bytes);
        Files.write(folder.resolve("IMG_0002.JPG"), Pictures.jpeg("2"));
        film = stored();
    }

    void run(int code, Object... arguments) {
        assertEquals(code, shell.shoebox(arguments), () -> shell.out() + shell.err());
    }

    static Path find(Path below, String ending) throws IOException {
        return files(below).stream()
                .filter(file -> file.endsWith(ending))
                .map(below::resolve)
                .findFirst()
                .orElseThrow();
    }

    /** All but our own. */
    static Set<String> files(Path below) throws IOException {
        try (Stream<Path> all = Files.walk(below)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> below.relativize(file).toString())
                    .filter(file -> !file.startsWith(".shoebox"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    static String said(Path folder, String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    static void requireSumsThatFit(Path backup) throws IOException {
        assertEquals("", said(backup, "sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"));
    }
}
