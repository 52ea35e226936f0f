package dev.shoebox.destination.ingest;

import dev.shoebox.destination.disk.ContentHash;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.system.thread.Uninterrupted;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Reads files that were just made durable from the disk itself, and compares them with what was received: a drive may
 * acknowledge data that it did not store, while the system still shows the right bytes from its cache. Runs on its own
 * threads while the next files stream.
 */
public final class ReadBack implements Closeable {
    private static final int THREADS = 2;

    /** How much to read back. */
    public enum Extent {
        /** A sample on a disk inside the computer, else every file. */
        AS_THE_DISK_NEEDS,
        EVERY_FILE
    }

    /** The fraction of files read back on a disk inside the computer. */
    private static final double SAMPLE = 0.05;

    /** After so many failures in one run, nothing more is written to the disk. */
    private static final int MOST_FAILURES = 5;

    /** macOS was seen to show a file without its last cluster for a moment after a force. */
    private static final long SETTLING_MILLIS = 300;

    private final Disk disk;
    private final SplittableRandom random;
    private final ExecutorService reading;
    private double share;
    private int failures;

    /** @param seed with the same seed, the same files of the same run are read */
    public ReadBack(Disk disk, Publisher.Writing writing, Extent extent, long seed) {
        this.disk = disk;
        this.random = new SplittableRandom(seed);
        this.share = !writing.abilities().readsPastCache()
                ? 0
                : extent == Extent.EVERY_FILE || !writing.volume().isBuiltIn() ? 1 : SAMPLE;
        this.reading = Executors.newFixedThreadPool(THREADS, task -> {
            var thread = new Thread(task, "shoebox-read-back");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** A file on disk, and the SHA-256 that it should have. */
    record Expected(String path, String sha256) {}

    /**
     * Reads back as many of the files as this disk needs; every file after one was wrong.
     *
     * @return the paths of files that were wrong twice in a row
     * @throws DestinationException.Lost if too many were wrong
     */
    Set<String> wrong(List<Expected> files) throws DestinationException {
        var readings = new ArrayList<Future<Boolean>>();
        var read = new ArrayList<Expected>();
        for (Expected file : files) {
            if (share >= 1 || random.nextDouble() < share) {
                read.add(file);
                readings.add(reading.submit(() -> isRight(file)));
            }
        }
        Set<String> wrong = new LinkedHashSet<>();
        for (int i = 0; i < readings.size(); i++) {
            if (!Uninterrupted.result(readings.get(i))) {
                wrong.add(read.get(i).path());
            }
        }
        if (!wrong.isEmpty()) {
            failures += wrong.size();
            share = 1;
        }
        if (failures >= MOST_FAILURES) {
            throw new DestinationException.Lost("This disk returns other bytes than were written (last with "
                    + wrong.iterator().next() + "); use another disk, cable or port, and run 'shoebox verify' on this"
                    + " one.");
        }
        return wrong;
    }

    private boolean isRight(Expected file) throws InterruptedException {
        boolean right = matches(file);
        if (!right) {
            Thread.sleep(SETTLING_MILLIS);
            right = matches(file);
        }
        return right;
    }

    private boolean matches(Expected file) {
        try {
            return ContentHash.onDisk(disk, file.path()).equals(Optional.of(file.sha256()));
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        reading.shutdown();
    }
}
