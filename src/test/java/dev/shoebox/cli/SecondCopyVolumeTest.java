package dev.shoebox.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The drive of a second copy, on real file systems: it is full, becomes read-only, or is pulled while it is filled. */
class SecondCopyVolumeTest {
    private static final int PHOTOS = 24;
    private static final int BYTES = 800_000;

    @TempDir
    private Path home;

    private Path first;
    private Path card;

    private void fillTheCard() throws IOException {
        first = home.resolve("first");
        card = Files.createDirectories(home.resolve("card"));
        byte[] picture = new byte[BYTES];
        for (int i = 0; i < PHOTOS; i++) {
            new Random(i).nextBytes(picture);
            for (int at = 0; at < picture.length; at++) {
                picture[at] = picture[at] == (byte) 0xff ? 0 : picture[at];
            }
            byte[] photo = Pictures.jpeg("photo " + i);
            ByteBuffer whole = ByteBuffer.allocate(photo.length + picture.length)
                    .put(photo, 0, photo.length - 2)
                    .put(picture)
                    .put(photo, photo.length - 2, 2);
            Files.write(card.resolve("IMG_%04d.JPG".formatted(i)), whole.array());
        }
    }

    private Shell backup(int code, Path second) {
        Shell shell = Shell.plain(home);
        assertEquals(
                code,
                shell.shoebox("backup", "--json", "--from", card, first, "--copy-to", second),
                () -> shell.out() + shell.err());
        return shell;
    }

    private static List<String> listed(Path root) throws IOException {
        return new ArrayList<>(new TreeSet<>(Files.readAllLines(root.resolve("SHA256SUMS"))));
    }

    /** The first backup is complete; the second becomes complete once it can be written again. */
    private void requireCaughtUp(Path second) throws IOException {
        assertEquals(PHOTOS, listed(first).size());
        assertEquals(0, Shell.plain(home).shoebox("verify", first));
        backup(0, second);
        assertEquals(listed(first), listed(second));
        assertEquals(0, Shell.plain(home).shoebox("verify", second));
    }

    @Test
    void aFullCopyContinuesWhenThereIsRoom() throws Exception {
        fillTheCard();
        try (Volume volume = Volume.of(Volume.Kind.TMPFS, home)) {
            Path second = Files.createDirectory(volume.mountPoint().resolve("second"));
            volume.fillBut(6_000_000);
            Shell shell = backup(17, second);
            assertTrue(shell.err().contains("The second copy in " + second), shell.err());
            try (Stream<Path> fillers = Files.list(volume.mountPoint())) {
                for (Path filler : fillers.filter(Files::isRegularFile).toList()) {
                    Files.delete(filler);
                }
            }
            requireCaughtUp(second);
        }
    }

    @Test
    void aCopyThatFillsUpDuringTheRunIsReportedAndCaughtUp() throws Exception {
        fillTheCard();
        try (Volume volume = Volume.of(Volume.Kind.TMPFS, home)) {
            Path second = Files.createDirectory(volume.mountPoint().resolve("second"));
            backupWhile(second, () -> fill(volume));
            Files.delete(volume.mountPoint().resolve("filler"));
            requireCaughtUp(second);
        }
    }

    private static void fill(Volume volume) {
        try {
            volume.fillBut(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Disturbs the drive as soon as it has the first photos. */
    private Shell backupWhile(Path second, Runnable trouble) throws InterruptedException {
        Thread hand = new Thread(() -> {
            while (!Thread.currentThread().isInterrupted() && !isBegun(second)) {
                Thread.onSpinWait();
            }
            trouble.run();
        });
        hand.setDaemon(true);
        hand.start();
        Shell shell = Shell.plain(home);
        int code = shell.shoebox("backup", "--json", "--from", card, first, "--copy-to", second);
        assertEquals(17, code, () -> shell.out() + shell.err());
        hand.join();
        return shell;
    }

    private static boolean isBegun(Path second) {
        try (Stream<Path> staged = Files.list(second.resolve(".shoebox/staging"))) {
            return staged.findAny().isPresent();
        } catch (IOException | UncheckedIOException notYet) {
            return false;
        }
    }

    @Test
    void aCopyThatBecomesReadOnlyDuringTheRunIsReportedAndCaughtUp() throws Exception {
        fillTheCard();
        try (Volume volume = Volume.of(Volume.Kind.EXT4, home)) {
            Path second = Files.createDirectory(volume.mountPoint().resolve("second"));
            backupWhile(second, volume::abort);
            volume.detach();
            volume.mount();
            requireCaughtUp(second);
        }
    }

    @Test
    void aCopyThatIsPulledDuringTheRunIsReportedAndCaughtUp() throws Exception {
        fillTheCard();
        try (Volume volume = Volume.of(Volume.Kind.EXT4, home)) {
            Path second = Files.createDirectory(volume.mountPoint().resolve("second"));
            backupWhile(second, volume::detach);
            try (Stream<Path> left = Files.list(volume.mountPoint())) {
                assertEquals(List.of(), left.toList(), "nothing is put where the drive was");
            }
            volume.mount();
            requireCaughtUp(second);
        }
    }
}
