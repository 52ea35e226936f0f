package dev.shoebox.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** {@code scripts/shoebox} in the layout of a package: in {@code bin}, with its parts in {@code lib}. */
class LauncherIT {
    @TempDir
    private Path folder;

    @Test
    void runsFromAFolderThatIsHardToNameWithTheWordsAsTheyWereTyped() throws Exception {
        Path top = unpackedInto("my apps/50% off #1 é");
        pretendRuntime(top, "17.0.1");

        List<String> words =
                List.of("backup", "a b", "", "*", "%Y/{camera.model}", "a&b", "q^r", "it's", "$HOME", "\\");
        List<String> given = given(top, words);

        assertEquals(words, given.subList(given.size() - words.size(), given.size()));
        assertEquals(
                List.of("-Dshoebox.command=" + top + "/bin/shoebox", "-jar", top + "/lib/shoebox.jar"),
                given.subList(given.size() - words.size() - 3, given.size() - words.size()));
    }

    @Test
    void givesEachCommandTheFlagsThatAreMeantForItInTheirOrder() throws Exception {
        Path top = unpackedInto("shoebox");
        pretendRuntime(top, "17.0.1");
        Files.writeString(top.resolve("lib/launch.flags"), """
                # a comment
                all -Done=1

                not-watch -Dtwo=a,*::b
                watch -Dthree
                """);

        assertEquals(
                List.of("-Done=1", "-Dtwo=a,*::b"),
                given(top, List.of("backup")).subList(0, 2));
        assertEquals(List.of("-Done=1", "-Dthree"), given(top, List.of("watch")).subList(0, 2));
    }

    @Test
    void theVersionIsPrintedAsQuicklyInEverySpelling() throws Exception {
        Path top = unpackedInto("shoebox");
        pretendRuntime(top, "17.0.1");
        Files.copy(
                Path.of("scripts/launch.flags"), top.resolve("lib/launch.flags"), StandardCopyOption.REPLACE_EXISTING);

        List<String> whole = given(top, List.of("--version"));
        List<String> brief = given(top, List.of("-V"));
        assertEquals(whole.subList(0, whole.size() - 1), brief.subList(0, brief.size() - 1));
    }

    @Test
    void theFlagsOfEachCommandAreOnesThatJavaTakesTogether() throws Exception {
        List<String> lines = Files.readAllLines(Path.of("scripts/launch.flags")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                // Java shall name a flag that it does not know.
                .filter(line -> !line.endsWith("IgnoreUnrecognizedVMOptions"))
                .toList();
        Set<String> commands = new TreeSet<>(Set.of("backup"));
        for (String line : lines) {
            assertTrue(line.matches("(all|(not-)?[a-z-]+|-V) -[^ \"]+"), line);
            commands.add(line.substring(0, line.indexOf(' ')).replaceFirst("^not-", ""));
        }
        for (String command : commands) {
            List<String> words = new ArrayList<>(
                    List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
            for (String line : lines) {
                String meant = line.substring(0, line.indexOf(' '));
                boolean isOther = meant.startsWith("not-") && !meant.equals("not-" + command);
                if (meant.equals("all") || meant.equals(command) || isOther) {
                    words.add(line.substring(line.indexOf(' ') + 1));
                }
            }
            words.add("-version");
            Process java = new ProcessBuilder(words).redirectErrorStream(true).start();
            assertEquals(0, java.waitFor(), command + ": " + words);
        }
    }

    @Test
    void aJavaThatIsTooOldIsNamedBeforeItFails() throws Exception {
        Path top = unpackedInto("shoebox");
        pretendRuntime(top, "11.0.20");

        try (Started shoebox = Started.start(top.resolve("bin/shoebox"), folder, Map.of(), "--version")
                .ended()) {
            assertEquals(2, shoebox.code());
            assertTrue(shoebox.err().contains("11.0.20"), shoebox.err());
        }
    }

    @Test
    void aReadOnlyPackageRunsWithoutAClassArchive() throws Exception {
        Path top = unpackedInto("shoebox");
        Files.copy(Path.of("target/shoebox.jar"), top.resolve("lib/shoebox.jar"), StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(top.resolve("lib/classes-archive"), "in the way");

        try (Started shoebox = Started.start(top.resolve("bin/shoebox"), folder, Map.of(), "--version")
                .ended()) {
            assertEquals("", shoebox.err());
            assertTrue(shoebox.out().startsWith("shoebox "), shoebox.out());
        }
    }

    @Test
    void aPackageMakesItsArchiveForTheNextStart() throws Exception {
        Path top = unpackedInto("shoebox");
        Files.copy(Path.of("target/shoebox.jar"), top.resolve("lib/shoebox.jar"), StandardCopyOption.REPLACE_EXISTING);

        try (Started shoebox = Started.start(
                        top.resolve("bin/shoebox"), folder, Map.of("SHOEBOX_ARCHIVE_NOW", "1"), "--version")
                .ended()) {
            assertEquals(0, shoebox.code(), shoebox.err());
        }
        Path archive = Path.of(top + "/lib/classes-archive/" + System.getProperty("java.runtime.version")
                + System.getProperty("java.home") + top + ".jsa");
        assertTrue(Files.size(archive) > 0);
        assertFalse(Files.exists(top.resolve("target")));
    }

    private Path unpackedInto(String name) throws IOException {
        Path top = Files.createDirectories(folder.toRealPath().resolve(name));
        Files.createDirectory(top.resolve("bin"));
        Files.createDirectory(top.resolve("lib"));
        Files.copy(Started.SCRIPT, top.resolve("bin/shoebox"), StandardCopyOption.COPY_ATTRIBUTES);
        for (String part : List.of("launch.flags", "archive-classes")) {
            Files.copy(Path.of("scripts", part), top.resolve("lib").resolve(part), StandardCopyOption.COPY_ATTRIBUTES);
        }
        Files.createFile(top.resolve("lib/shoebox.jar"));
        return top;
    }

    /** A runtime that prints its arguments, each followed by a zero byte. */
    private static void pretendRuntime(Path top, String version) throws IOException {
        Path java = top.resolve("runtime/bin/java");
        Files.createDirectories(java.getParent());
        Files.writeString(java, "#!/bin/sh\nprintf '%s\\0' \"$@\"\n");
        assertTrue(java.toFile().setExecutable(true));
        Files.writeString(top.resolve("runtime/release"), "JAVA_VERSION=\"" + version + "\"\n");
    }

    private List<String> given(Path top, List<String> words) throws Exception {
        try (Started shoebox = Started.start(top.resolve("bin/shoebox"), folder, Map.of(), words.toArray())
                .ended()) {
            assertEquals(0, shoebox.code(), shoebox.err());
            return List.of(shoebox.out().split("\0", -1))
                    .subList(0, shoebox.out().split("\0", -1).length - 1);
        }
    }
}
