package dev.shoebox.backup;

import dev.shoebox.backup.event.BackupResult;
import dev.shoebox.backup.transfer.RetryPolicy;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.naming.Layout;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.history.RunResult;
import dev.shoebox.photos.source.SourceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * An interrupted transfer of a large file resumes inside the file, in the same run or the next, and never joins two
 * different contents.
 */
class ResumeTest {
    private static final String FILM = "DCIM/100APPLE/IMG_0001.MOV";
    private static final int SIZE = 40 << 20;
    private static final int HALF = SIZE / 2;

    /** The bytes that are dropped and compared before the transfer resumes. */
    private static final int OVERLAP = 2 << 20;

    @TempDir
    private Path folder;

    private final byte[] film = noise(1, SIZE);

    @Test
    void afterALossItResumesInsideTheFile() throws IOException {
        ScriptedSource source = new ScriptedSource().with(FILM, film).breaksAt(FILM, 1);
        assertStored(run(source), film);
        assertTrue(source.bytesRead() <= SIZE + OVERLAP, source.bytesRead() + " bytes");
        assertEquals(List.of(), staging());
    }

    @Test
    void theNextRunResumesWhereTheLastOneLostThePhone() throws IOException {
        assertTrue(run(new ScriptedSource().with(FILM, film).breaksAt(FILM, 1).awayFor(99))
                .ended()
                .isPresent());
        ScriptedSource source = new ScriptedSource().with(FILM, film);
        assertStored(run(source), film);
        assertTrue(source.bytesRead() <= HALF + OVERLAP + (1 << 20), source.bytesRead() + " bytes");
        assertEquals(List.of(), staging());
    }

    @Test
    void aPhoneLostToALockThatStaysLockedEndsTheRunWithAdvice() throws IOException {
        BackupResult report = run(new ScriptedSource()
                .with(FILM, film)
                .breaksAt(FILM, 1)
                .awayFor(99)
                .lockedMeanwhile());
        IOException ended = report.ended().orElseThrow();
        assertTrue(ended.getMessage().startsWith("Unlock it. "), ended.getMessage());
        // It ends like every lost source.
        assertEquals(SourceException.Lost.class, ended.getClass());
    }

    @Test
    void severalLossesOneBehindTheOtherLoseNothing() throws IOException {
        run(new ScriptedSource().with(FILM, film).breaksAt(FILM, 1).awayFor(99));
        run(new ScriptedSource().with(FILM, film).breaksAt(FILM, 1).awayFor(99));
        assertStored(run(new ScriptedSource().with(FILM, film).breaksAt(FILM, 2)), film);
    }

    @Test
    void afterAKillTheNextRunResumesFromDurableBytes() throws IOException {
        Path killed = folder.resolve("killed");
        AtomicInteger pieces = new AtomicInteger();
        ScriptedSource first = new ScriptedSource().with(FILM, film);
        first.beforeEachPiece(() -> {
            if (pieces.incrementAndGet() == 100) {
                snapshot(killed);
            }
        });
        run(first);
        ScriptedSource source = new ScriptedSource().with(FILM, film);
        assertStored(run(source, killed), film, killed);
        assertTrue(source.bytesRead() <= SIZE - (8 << 20) + OVERLAP, source.bytesRead() + " bytes");
    }

    @Test
    void otherBytesUnderTheSameNameSizeAndTimeAreNotJoined() throws IOException {
        run(new ScriptedSource().with(FILM, film).breaksAt(FILM, 1).awayFor(99));
        byte[] other = noise(2, SIZE);
        BackupResult report = run(new ScriptedSource().with(FILM, other));
        assertStored(report, other);
        assertEquals(
                List.of(FILM),
                report.did().healed().stream().map(RunResult.Item::path).toList());
    }

    @Test
    void aChangedFileStartsAgainAndItsPartialFileIsDeleted() throws IOException {
        run(new ScriptedSource().with(FILM, film).breaksAt(FILM, 1).awayFor(99));
        byte[] longer = Arrays.copyOf(film, SIZE + 1);
        ScriptedSource source = new ScriptedSource().with(FILM, longer);
        assertStored(run(source), longer);
        assertTrue(source.bytesRead() >= longer.length);
        assertEquals(List.of(), staging());
    }

    @Test
    void aPartialFileThatTheDiskAlteredIsNotUsed() throws IOException {
        run(new ScriptedSource().with(FILM, film).breaksAt(FILM, 1).awayFor(99));
        Path part = staging().stream()
                .filter(path -> path.toString().endsWith(".part"))
                .findAny()
                .orElseThrow();
        byte[] bytes = Files.readAllBytes(part);
        bytes[1000] ^= 1;
        Files.write(part, bytes);
        ScriptedSource source = new ScriptedSource().with(FILM, film);
        assertStored(run(source), film);
        assertTrue(source.bytesRead() >= SIZE);
    }

    @Test
    void aTornRecordOrAPartialFileWithoutOneIsSweptUp() throws IOException {
        run(new ScriptedSource().with(FILM, film).breaksAt(FILM, 1).awayFor(99));
        for (Path path : staging()) {
            if (path.toString().endsWith(".resume")) {
                Files.writeString(path, Files.readString(path).substring(0, 20));
            }
        }
        assertStored(run(new ScriptedSource().with(FILM, film)), film);
        assertEquals(List.of(), staging());
    }

    @Test
    void partialFilesOfAPhoneThatNeverReturnsAreBounded() throws IOException {
        for (int phone = 0; phone < 6; phone++) {
            String path = "DCIM/100APPLE/IMG_%04d.MOV".formatted(phone);
            run(new ScriptedSource()
                    .named("phone " + phone)
                    .with(path, film)
                    .breaksAt(path, 1)
                    .awayFor(99));
        }
        run(new ScriptedSource().named("another"));
        assertEquals(4 * 2, staging().size());
    }

    @Test
    void aSmallFileIsSimplyReadAgain() throws IOException {
        byte[] small = noise(3, 5 << 20);
        ScriptedSource source =
                new ScriptedSource().with(FILM, small).breaksAt(FILM, 1).awayFor(99);
        run(source);
        assertEquals(List.of(), staging());
    }

    private static byte[] noise(int seed, int size) {
        byte[] noise = new byte[size];
        new Random(seed).nextBytes(noise);
        return noise;
    }

    private void assertStored(BackupResult report, byte[] content) throws IOException {
        assertStored(report, content, folder.resolve("backup"));
    }

    private static void assertStored(BackupResult report, byte[] content, Path root) throws IOException {
        assertTrue(report.ended().isEmpty() && report.did().failures().isEmpty(), report.toString());
        assertArrayEquals(content, Files.readAllBytes(root.resolve("2024/05/IMG_0001.MOV")));
    }

    private List<Path> staging() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("backup/.shoebox/staging"))) {
            return files.toList();
        }
    }

    /** Copies what a killed process leaves once part of the film is durable; its lock dies with it. */
    private void snapshot(Path to) {
        Path from = folder.resolve("backup");
        try {
            while (staging().stream().noneMatch(path -> path.toString().endsWith(".resume"))) {
                Thread.onSpinWait();
            }
            try (Stream<Path> walk = Files.walk(from)) {
                for (Path path : walk.toList()) {
                    Path copy = to.resolve(from.relativize(path).toString());
                    if (Files.isDirectory(path)) {
                        Files.createDirectories(copy);
                    } else if (!path.getFileName().toString().startsWith("lock")) {
                        Files.copy(path, copy);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private BackupResult run(ScriptedSource source) throws IOException {
        return run(source, folder.resolve("backup"));
    }

    private BackupResult run(ScriptedSource source, Path root) throws IOException {
        var persistence = new RetryPolicy(Duration.ZERO, Duration.ofMillis(5), Duration.ofSeconds(15));
        var options = new Backup.Options(
                Layout.parse("month"), ZoneId.of("UTC"), persistence, OptionalLong.empty(), Backup.Verify.AUTO);
        try (Destination destination =
                Destination.open(root, OpenMode.CREATE_IF_EMPTY, InstantSource.system(), line -> {})) {
            return new Backup(source, destination, options, InstantSource.system(), event -> {}).run();
        }
    }
}
