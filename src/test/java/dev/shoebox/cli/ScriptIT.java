package dev.shoebox.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** {@code scripts/shoebox} and the packaged jar. */
class ScriptIT {
    private static final Map<String, String> UNATTENDED = Map.of("SHOEBOX_UNATTENDED", "1");

    @TempDir
    private Path folder;

    @Test
    void printsTheVersionOfTheManifestAndNothingElse() throws Exception {
        try (Started shoebox = Started.shoebox(folder, Map.of(), "--version").ended()) {
            assertEquals("", shoebox.err());
            assertTrue(shoebox.out().matches("shoebox \\d+\\.\\d+\\.\\d+\\n"), shoebox.out());
        }
    }

    @Test
    void worksFromAnyFolderThroughLinksThatAreRelative() throws Exception {
        Files.createSymbolicLink(folder.resolve("first"), Started.SCRIPT);
        Path link = Files.createSymbolicLink(folder.resolve("second"), Path.of("first"));

        try (Started shoebox =
                Started.start(link, folder, Map.of(), "--version").ended()) {
            assertEquals(0, shoebox.code());
        }
        // JUnit warns about links that lead out of its folder.
        Files.delete(link);
        Files.delete(folder.resolve("first"));
    }

    @Test
    void anAccentInTheDestinationAndInANameSurvivesTheLocaleOfCron() throws Exception {
        Path source = Files.createDirectories(folder.resolve("source/DCIM/100APPLE"));
        Files.write(source.resolve("Été.jpg"), new byte[] {1, 2, 3});
        Path destination = folder.resolve("Sauvegarde é");

        try (Started shoebox = Started.shoebox(
                        folder,
                        Map.of("LANG", "C", "LC_ALL", "C"),
                        "backup",
                        "--layout",
                        "flat",
                        "--from",
                        "source",
                        destination)
                .ended()) {
            assertEquals(0, shoebox.code(), shoebox.err());
            assertTrue(shoebox.out().contains("Sauvegarde é"), shoebox.out());
        }
        assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(destination.resolve("Été.jpg")));
        assertTrue(Files.readString(destination.resolve("SHA256SUMS")).contains("Été.jpg"));
    }

    @Test
    void aBackupAndAVerificationThatASchedulerStartsGiveWayAndAPhoneDoesNot() throws Exception {
        int own = niceness(List.of(Started.SCRIPT.toString(), "--version"), Map.of());
        assertTrue(own < 10, "the tests themselves run at a priority that leaves room below it");

        assertEquals(own + 10, niceness(List.of(Started.SCRIPT.toString(), "backup", "x"), UNATTENDED));
        assertEquals(own + 10, niceness(List.of(Started.SCRIPT.toString(), "verify", "x"), UNATTENDED));
        assertEquals(own, niceness(List.of(Started.SCRIPT.toString(), "simulate"), UNATTENDED));
    }

    @Test
    void commandsThatWaitForABackupAreNotSlowedDown() throws Exception {
        int own = niceness(List.of(Started.SCRIPT.toString(), "--version"), Map.of());

        assertEquals(own, niceness(List.of(Started.SCRIPT.toString(), "backup", "x"), Map.of()));
    }

    @Test
    void aComputerWithoutIoniceGivesWayAsFarAsItCan() throws Exception {
        Path few = Files.createDirectory(folder.resolve("few"));
        for (String tool : List.of("sh", "readlink", "dirname", "locale", "nice")) {
            onPath(tool).ifPresent(found -> link(few.resolve(tool), found));
        }
        int own = niceness(List.of(Started.SCRIPT.toString(), "--version"), Map.of());

        assertEquals(
                own + 10,
                niceness(
                        List.of(Started.SCRIPT.toString(), "backup", "x"),
                        Map.of("PATH", few.toString(), "SHOEBOX_UNATTENDED", "1")));
        try (Stream<Path> links = Files.list(few)) {
            for (Path link : links.toList()) {
                Files.delete(link);
            }
        }
    }

    /** The niceness that a command gives to the Java process that it starts. */
    private int niceness(List<String> command, Map<String, String> environment) throws Exception {
        Path java = folder.resolve("jdk/bin/java");
        Files.createDirectories(java.getParent());
        Files.writeString(java, "#!/bin/sh\nnice\n");
        assertTrue(java.toFile().setExecutable(true));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return Integer.parseInt(said.strip());
    }

    private static Optional<Path> onPath(String tool) {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .map(directory -> Path.of(directory, tool))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static void link(Path link, Path target) {
        try {
            Files.createSymbolicLink(link, target);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void theClassArchiveExistsAfterTheFirstRun() throws Exception {
        try (Started shoebox = Started.shoebox(folder, Map.of(), "--version").ended()) {
            assertEquals(0, shoebox.code());
            assertTrue(Files.size(archive(Started.SCRIPT.getParent().getParent())) > 0);
        }
    }

    @Test
    void anArchiveOfClassesThatDoesNotFitIsPassedOverWithoutAWord() throws Exception {
        Path top = folder.toRealPath();
        Path script = Files.copy(
                Started.SCRIPT, Files.createDirectories(top.resolve("scripts")).resolve("shoebox"));
        Path jar = Files.createDirectories(top.resolve("target")).resolve("shoebox.jar");
        Files.copy(Path.of("target/shoebox.jar"), jar, StandardCopyOption.COPY_ATTRIBUTES);
        Files.createDirectories(archive(top).getParent());
        Files.writeString(archive(top), "made by another Java");

        try (Started shoebox =
                Started.start(script, folder, Map.of(), "--version").ended()) {
            assertEquals("", shoebox.err());
            assertTrue(shoebox.out().startsWith("shoebox "), shoebox.out());
            assertEquals("made by another Java", Files.readString(archive(top)));
        }
    }

    /** The class archive that the script makes for the Java version of this test. */
    private static Path archive(Path top) {
        return Path.of(top + "/target/classes-archive/" + System.getProperty("java.runtime.version")
                + System.getProperty("java.home") + top + ".jsa");
    }
}
