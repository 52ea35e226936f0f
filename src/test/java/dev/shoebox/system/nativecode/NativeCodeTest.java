package dev.shoebox.system.nativecode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.util.OSInfo;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Native code is unpacked once, where only its owner can write, and nothing is left in the temporary folder. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "permissions as on Unix")
class NativeCodeTest {
    @TempDir
    private Path folder;

    /** Any class of a jar can represent a library. */
    private final URL resource = Test.class.getResource("Test.class");

    @AfterEach
    void forget() {
        NativeCode.keepIn(List.of());
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void theCLibraryIsTheOneThatSqliteDetects() {
        assertEquals(OSInfo.getOSName().equals("Linux"), NativeCode.isGlibc());
    }

    @Test
    void itIsUnpackedOnceIntoAFolderOfTheOwner() throws IOException {
        Path place = folder.resolve("a/native");
        NativeCode.keepIn(List.of(place));
        Path file = NativeCode.unpack(resource, "lib.so").orElseThrow();
        assertTrue(file.startsWith(place));
        assertEquals("rwx------", permissions(place));
        assertEquals("rwx------", permissions(file.getParent()));
        FileTime then = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));
        Files.setLastModifiedTime(file, then);
        assertEquals(Optional.of(file), NativeCode.unpack(resource, "lib.so"));
        assertEquals(then, Files.getLastModifiedTime(file), "not written again");

        Files.write(file, new byte[] {1});
        assertEquals(Optional.of(file), NativeCode.unpack(resource, "lib.so"));
        assertTrue(Files.size(file) > 1, "what is torn is written again");
        try (Stream<Path> left = Files.list(file.getParent())) {
            assertEquals(List.of(file), left.toList());
        }
    }

    @Test
    void aFolderThatOthersMayWriteIsMadePrivateAndALinkIsNotFollowed() throws IOException {
        Path open = Files.createDirectory(folder.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), elsewhere);
        NativeCode.keepIn(List.of(link, Path.of("/proc/none"), open));

        assertTrue(NativeCode.unpack(resource, "lib.so").orElseThrow().startsWith(open));
        assertEquals("rwx------", permissions(open));
        try (Stream<Path> left = Files.list(elsewhere)) {
            assertEquals(0, left.count());
        }
    }

    /**
     * A folder is named as the cause only if it may be: not with Alpine's loader, nor on a system that the jar does not
     * support.
     */
    @Test
    void theReasonWhyItCannotRunIsReported() {
        var alpine =
                new UnsatisfiedLinkError("Error relocating /home/anna/libjnidispatch.so: __strdup: symbol not found");
        var noexec = new UnsatisfiedLinkError("libjnidispatch.so: failed to map segment from shared object");

        assertTrue(NativeCode.advice(true, alpine).contains("musl"));
        assertTrue(NativeCode.advice(true, new IllegalStateException(alpine)).contains("musl"));
        assertTrue(NativeCode.advice(true, noexec).contains("noexec"));
        assertTrue(NativeCode.advice(false, noexec).contains(System.getProperty("os.arch")));
        assertFalse(NativeCode.advice(false, noexec).contains("noexec"));
    }

    @Test
    void whereNoFolderIsNamedNothingIsUnpacked() {
        assertEquals(Optional.empty(), NativeCode.unpack(resource, "lib.so"));
    }

    /** Ends with the output of the command. */
    private String shoebox(Path temporary, String... words) throws Exception {
        return shoebox(List.of(), temporary, words);
    }

    private String shoebox(List<String> options, Path temporary, String... words) throws Exception {
        List<String> command = Stream.of(
                        Stream.of(Path.of(System.getProperty("java.home"), "bin", "java")
                                .toString()),
                        options.stream(),
                        Stream.of(
                                "-XX:TieredStopAtLevel=1",
                                "-Djava.io.tmpdir=" + temporary,
                                "-cp",
                                System.getProperty("java.class.path"),
                                "dev.shoebox.cli.Shoebox"),
                        Stream.of(words))
                .flatMap(each -> each)
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("XDG_"));
        builder.environment().put("HOME", folder.resolve("home").toString());
        Path said = Files.createTempFile(folder, "said", "");
        Process process = builder.redirectOutput(said.toFile()).start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "still running");
        return process.exitValue() + ": " + Files.readString(said);
    }

    @Test
    void aBackupNeedsNoTemporaryFolderForIt() throws Exception {
        Path card = Files.createDirectories(folder.resolve("card"));
        Files.writeString(card.resolve("IMG_0001.JPG"), "a photo");
        String said = shoebox(
                folder.resolve("missing"),
                "backup",
                "--from",
                card.toString(),
                folder.resolve("backup").toString());
        assertTrue(said.startsWith("0: ") || said.startsWith("3: "), said);
        assertTrue(Files.exists(folder.resolve("backup/SHA256SUMS")), said);
        Path kept = folder.resolve("home/.cache/shoebox/native");
        assertEquals("rwx------", permissions(kept));
        try (Stream<Path> left = Files.walk(kept)) {
            assertTrue(left.anyMatch(path -> path.toString().contains("sqlite")), said);
        }
        assertFalse(Files.exists(folder.resolve("home/.cache/JNA")), said);
    }

    @Test
    void aBackupNeedsNoCallsOfTheSystemThatCannotBeLoaded() throws Exception {
        Path card = Files.createDirectories(folder.resolve("card"));
        Files.writeString(card.resolve("IMG_0001.JPG"), "a photo");
        String said = shoebox(
                List.of("-Djna.boot.library.path=" + card, "-Djna.nounpack=true", "-Djna.nosys=true"),
                folder.resolve("missing"),
                "backup",
                "--from",
                card.toString(),
                folder.resolve("backup").toString());
        assertTrue(said.startsWith("0: ") || said.startsWith("3: "), said);
        assertTrue(Files.exists(folder.resolve("backup/SHA256SUMS")), said);
    }

    @Test
    void neitherDoesTheCable() throws Exception {
        String said = shoebox(folder.resolve("missing"), "devices");
        assertTrue(said.startsWith("75: "), said);
        try (Stream<Path> left = Files.walk(folder.resolve("home/.cache/shoebox/native"))) {
            assertTrue(left.anyMatch(path -> path.toString().contains("jnidispatch")), said);
        }
    }
}
