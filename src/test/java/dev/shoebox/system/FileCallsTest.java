package dev.shoebox.system;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class FileCallsTest {
    private static final String HELD = "The process cannot access the file because it is being used by another process";

    @TempDir
    private Path folder;

    private final List<Duration> pauses = new ArrayList<>();
    private final List<Path> flushed = new ArrayList<>();

    private FileCalls on(OperatingSystem system) {
        return new FileCalls(system, pauses::add, flushed::add, folder -> false);
    }

    /** Fails this many times, then works. */
    private static FileCalls.Call<String> held(int times, FileSystemException refusal) {
        int[] tries = {0};
        return () -> {
            if (tries[0]++ < times) {
                throw refusal;
            }
            return "moved";
        };
    }

    @Test
    void aFileThatAnotherProgramHoldsOnWindowsIsWaitedFor() throws IOException {
        assertEquals(
                "moved",
                on(OperatingSystem.WINDOWS).untilLetGo(held(3, new FileSystemException("a.part", "a.jpg", HELD))));
        assertEquals(List.of(Duration.ofMillis(10), Duration.ofMillis(20), Duration.ofMillis(40)), pauses);
        assertEquals("moved", on(OperatingSystem.WINDOWS).untilLetGo(held(1, new AccessDeniedException("a.part"))));
    }

    @Test
    void itIsWaitedForHalfAMinuteAndNotForEver() {
        var refusal = new AccessDeniedException("a.part");

        assertEquals(refusal, assertThrows(AccessDeniedException.class, () -> on(OperatingSystem.WINDOWS)
                .untilLetGo(held(1000, refusal))));
        Duration waited = pauses.stream().reduce(Duration.ZERO, Duration::plus);
        assertTrue(waited.toSeconds() >= 30 && waited.toSeconds() < 33, waited.toString());
    }

    @Test
    void aTargetThatExistsAndOtherSystemsAreNotWaitedFor() {
        assertThrows(FileAlreadyExistsException.class, () -> on(OperatingSystem.WINDOWS)
                .untilLetGo(held(1, new FileAlreadyExistsException("a.jpg"))));
        assertThrows(AccessDeniedException.class, () -> on(OperatingSystem.LINUX)
                .untilLetGo(held(1, new AccessDeniedException("a.jpg"))));
        assertEquals(List.of(), pauses);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Inappropriate ioctl for device", "Operation not supported", "Invalid argument"})
    void aFullFlushThatADriverOfMacOsDoesNotKnowIsMadeAPlainOne(String words) throws IOException {
        Path file = folder.resolve("a.jpg");

        assertFalse(on(OperatingSystem.MACOS).force(refusing(words), () -> file));
        assertEquals(List.of(file), flushed);
    }

    @Test
    void aFailingDiskIsReportedOnEverySystem() {
        assertThrows(
                IOException.class, () -> on(OperatingSystem.MACOS).force(refusing("Input/output error"), () -> folder));
        assertThrows(IOException.class, () -> on(OperatingSystem.LINUX)
                .force(refusing("Inappropriate ioctl for device"), () -> folder));
        assertEquals(List.of(), flushed);
    }

    @Test
    void aFlushThatWorksIsAFullOne() throws IOException {
        assertTrue(on(OperatingSystem.MACOS).force(() -> {}, () -> folder));
    }

    @Test
    void theSystemsOwnFlushIsReached() throws IOException {
        assertTrue(FileCalls.fsync(Files.writeString(folder.resolve("a.jpg"), "photo")));
        assertFalse(FileCalls.fsync(folder.resolve("none")));
    }

    private static FileCalls.Force refusing(String words) {
        return () -> {
            throw new IOException(words);
        };
    }
}
