package dev.shoebox.destination;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.PathDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import static dev.shoebox.destination.Backups.photo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A folder of the backup becomes a link repeatedly, at any moment: no file is written outside. */
class SwappedFolderTest {
    private static final long SWAPPED_NANOS = 5_000_000;
    private static final int RUNS = 50;

    @TempDir
    Path temporary;

    private volatile boolean ended;

    /** Swaps a folder and a link to another one until the end, which restores the folder. */
    private void swap(Path folder, Path outside, AtomicInteger swaps) {
        Path hidden = folder.resolveSibling("hidden");
        while (!ended) {
            try {
                Files.move(folder, hidden);
                Files.createSymbolicLink(folder, outside);
                swaps.incrementAndGet();
                LockSupport.parkNanos(SWAPPED_NANOS);
                Files.delete(folder);
                Files.move(hidden, folder);
                LockSupport.parkNanos(SWAPPED_NANOS);
            } catch (IOException notNow) {
                // The backup has replaced it, or not made it yet.
                LockSupport.parkNanos(SWAPPED_NANOS);
            }
        }
    }

    @Test
    void nothingGetsOutByALinkInTheWay() throws Exception {
        Path root = temporary.toRealPath();
        Path outside = Files.createDirectory(root.resolve("outside"));
        for (int i = 0; i < 40; i++) {
            Files.writeString(outside.resolve("IMG_" + i + ".HEIC"), "theirs " + i);
        }
        Map<String, String> before = Backups.tree(outside);
        var swaps = new AtomicInteger();
        for (int run = 0; run < RUNS; run++) {
            ended = false;
            var backups = new Backups(root.resolve("backup" + run));
            backups.run(photo("DCIM/100APPLE/FIRST.HEIC", "first"));
            var shots = new Backups.Shot[40];
            for (int i = 0; i < shots.length; i++) {
                shots[i] = photo("DCIM/100APPLE/IMG_" + i + ".HEIC", "photo " + run + " " + i);
            }
            var began = new CountDownLatch(1);
            var swapping = new Thread(() -> {
                began.countDown();
                swap(backups.root.resolve("2024/05"), outside, swaps);
            });
            swapping.start();
            began.await();
            try {
                backups.catchUp(shots);
            } catch (DestinationException refused) {
                // An exception is allowed here; the checks follow.
            } finally {
                ended = true;
                swapping.join();
            }
            assertEquals(before, Backups.tree(outside), "run " + run);
        }
        assertTrue(swaps.get() > RUNS, "only " + swaps + " swaps");
    }

    /** The first one gets the name; the other gets an exception, and nothing is lost. */
    @Test
    void aNameGoesToOneOfTwo() throws Exception {
        Path root = temporary.toRealPath();
        var disk = new PathDisk(root);
        for (int i = 0; i < 3000; i++) {
            Path ours = Files.writeString(root.resolve("ours" + i), "ours");
            Path name = root.resolve("name" + i);
            var ready = new CountDownLatch(1);
            var theirs = new boolean[1];
            var other = new Thread(() -> {
                ready.countDown();
                try {
                    Files.writeString(name, "theirs", java.nio.file.StandardOpenOption.CREATE_NEW);
                    theirs[0] = true;
                } catch (IOException second) {
                    theirs[0] = false;
                }
            });
            other.start();
            ready.await();
            boolean moved;
            try {
                disk.move("ours" + i, "name" + i);
                moved = true;
            } catch (FileAlreadyExistsException second) {
                moved = false;
            }
            other.join();
            assertEquals(moved, !theirs[0], "both had the name");
            assertEquals(moved ? "ours" : "theirs", Files.readString(name));
            assertEquals(!moved, Files.exists(ours));
            Files.delete(name);
            Files.deleteIfExists(ours);
        }
    }
}
