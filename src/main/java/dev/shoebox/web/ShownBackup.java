package dev.shoebox.web;

import dev.shoebox.destination.DestinationFolder;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.photos.source.SourceId;

import java.io.Closeable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The backup on view as it was last read, or why it could not be read. Thread-safe. */
final class ShownBackup implements Closeable {
    private final InstantSource clock;

    /** Folders that contained a backup: if one becomes empty, its drive was removed. */
    private final Set<Path> seen = new HashSet<>();

    private BackupContents contents;
    private Trouble trouble; // or null

    ShownBackup(InstantSource clock) {
        this.clock = clock;
        this.contents = BackupContents.none(clock.instant());
    }

    /**
     * Why a backup cannot be read.
     *
     * @param why the kind of reason; the page's message keys contain it
     * @param message details, in English
     */
    record Trouble(String why, Optional<String> message) {
        Map<String, Object> fields() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("state", why);
            message.ifPresent(text -> fields.put("message", text));
            return fields;
        }

        static Trouble of(RuntimeException defect) {
            return new Trouble("unreadable", Optional.of(defect.toString()));
        }

        private static Trouble of(DestinationException unreadable) {
            String why;
            if (unreadable instanceof DestinationException.NotAShoebox) {
                why = "not-ours";
            } else if (unreadable instanceof DestinationException.Absent) {
                why = "gone";
            } else {
                why = "unreadable";
            }
            return new Trouble(why, Optional.ofNullable(unreadable.getMessage()));
        }
    }

    synchronized BackupContents contents() {
        return contents;
    }

    synchronized Optional<Trouble> trouble() {
        return Optional.ofNullable(trouble);
    }

    /**
     * Expects a backup in a folder from now on: if it is missing, its drive was removed, and no new backup is created.
     */
    synchronized void expect(Path folder) {
        seen.add(folder);
    }

    /** Returns whether the drive of the folder was removed or returned since the backup was read. */
    synchronized boolean hasMoved(Path folder) {
        boolean gone = trouble != null && trouble.why().equals("gone");
        return seen.contains(folder) && gone == hasRecords(folder);
    }

    private static boolean hasRecords(Path folder) {
        return Files.isDirectory(folder.resolve(".shoebox"));
    }

    /** Shows no backup: nobody has chosen where photos are saved. Must be called by one thread at a time. */
    void readNothing() {
        show(BackupContents.none(clock.instant()), null);
    }

    /**
     * Reads the backup again while no source is on view. Must be called by one thread at a time.
     *
     * @param folder where photos are saved, whether or not a backup exists there
     */
    void read(Path folder) {
        read(folder, () -> BackupContents.of(folder, clock.instant()));
    }

    /**
     * Reads the backup again, as {@link #read(Path)} does.
     *
     * @param phone the source on view
     */
    void read(Path folder, SourceId phone) {
        read(folder, () -> BackupContents.of(folder, phone, clock.instant()));
    }

    private interface Reading {
        BackupContents contents() throws DestinationException;
    }

    private void read(Path folder, Reading reading) {
        try {
            show(contents(folder, reading), null);
        } catch (DestinationException unreadable) {
            show(BackupContents.none(clock.instant()), Trouble.of(unreadable));
        } catch (RuntimeException defect) {
            show(BackupContents.none(clock.instant()), Trouble.of(defect));
        }
    }

    /** @param wrong null if the contents could be read */
    private synchronized void show(BackupContents next, Trouble wrong) {
        contents.close();
        contents = next;
        trouble = wrong;
    }

    private BackupContents contents(Path folder, Reading reading) throws DestinationException {
        if (DestinationFolder.identity(folder).isPresent()) {
            synchronized (this) {
                seen.add(folder);
            }
            return reading.contents();
        }
        synchronized (this) {
            if (seen.contains(folder) && !hasRecords(folder)) {
                throw new DestinationException.Absent(folder + " no longer holds a backup; plug its drive in again.");
            }
        }
        DestinationFolder.requireSuitable(folder, OpenMode.CREATE_IF_EMPTY);
        return BackupContents.none(clock.instant());
    }

    @Override
    public synchronized void close() {
        contents.close();
    }
}
