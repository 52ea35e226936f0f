package dev.shoebox.backup.event;

import dev.shoebox.destination.ingest.IngestListener;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.source.Inventory;
import dev.shoebox.text.Amounts;

import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** An event of a run. Events come one at a time. */
public sealed interface BackupEvent {
    /**
     * The source was listed.
     *
     * @param refused further photos and videos that the source would not list
     */
    record Listed(int assets, int files, long bytes, int refused) implements BackupEvent {}

    /** All files of the source, including those passed over. */
    record Inventoried(Inventory inventory, boolean foundNothing) implements BackupEvent {}

    /** The files to read, and the number that need not be read. */
    record Planned(int files, long bytes, int alreadyBackedUp) implements BackupEvent {}

    /** Progress of an adoption: files that were in the folder before count as backed up once all are read. */
    record Adopting(long files, long ofFiles, long bytes, long ofBytes) implements BackupEvent {}

    /** Files of the backup were moved, and are now listed under their new names. */
    record Reconciled(int files) implements BackupEvent {}

    /**
     * The work ahead, before the first file is read.
     *
     * @param free free bytes at the destination
     * @param expected the duration at the speed of the last complete run from this source; empty if none copied enough
     *     to tell
     */
    record Ahead(int files, long bytes, long free, Optional<Duration> expected) implements BackupEvent {}

    /** Photos and files that were excluded. */
    record Unwanted(Skipped leftOut) implements BackupEvent {}

    /** An original, or a part of one, is only in iCloud. */
    record Absent(MissingOriginal absence) implements BackupEvent {}

    /** The source has no library, or reading it would take too long: it is unknown what is only in iCloud. */
    record LibraryUnread() implements BackupEvent {}

    /**
     * Sidecars were written beside photos.
     *
     * @param written new ones
     * @param refreshed those whose content changed
     * @param left those not written because something else has their name
     */
    record SidecarsWritten(int written, int refreshed, int left) implements BackupEvent {}

    /**
     * Some photos have no date of their own: they are filed by a file time.
     *
     * @param photos the number of them
     * @param all photos and videos of this run
     * @param folders the source folders that contain them, with the number in each
     * @param copyDay the day on which most files of the run were created or changed, probably because they were copied
     *     then
     */
    record Undated(int photos, int all, Map<String, Integer> folders, Optional<LocalDate> copyDay)
            implements BackupEvent {
        private static final int MOST_FOLDERS = 3;

        /** Returns a warning of one or two sentences, so that nobody mistakes a guess for a date. */
        public String sentence() {
            String folders = folders().entrySet().stream()
                    .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                            .thenComparing(Map.Entry.comparingByKey()))
                    .limit(MOST_FOLDERS)
                    .map(folder -> (folder.getKey().isEmpty() ? "the top folder" : folder.getKey()) + " ("
                            + Amounts.count(folder.getValue()) + ")")
                    .collect(Collectors.joining(", "));
            int more = folders().size() - MOST_FOLDERS;
            return photos() + " of " + Amounts.count(all(), "photo") + " "
                    + (photos() == 1 ? "tells" : "tell")
                    + " no date of " + (photos() == 1 ? "its" : "their")
                    + " own; the time of the file, where it is plausible, stands for it. From " + folders
                    + (more > 0 ? " and " + Amounts.count(more, "more folder") : "") + "."
                    + copyDay()
                            .map(day -> " Most files here are dated " + day + ", probably the day of a copy.")
                            .orElse("");
        }
    }

    /** A file begins to arrive. */
    record Started(Resource resource) implements BackupEvent {}

    /**
     * Bytes of the current file arrived.
     *
     * @param bytes negative if received bytes must be read again
     */
    record Received(long bytes) implements BackupEvent {}

    /** The outcome of one file is final: {@link Outcome.Copied} means durable and catalogued. */
    record Settled(Resource resource, Outcome outcome) implements BackupEvent {
        /** Whether this is a photo or film that is not in the backup because the user deleted it there on purpose. */
        public boolean isPhotoForgotten() {
            return outcome instanceof Outcome.Forgotten
                    && (resource.role() == Role.PHOTO || resource.role() == Role.VIDEO);
        }
    }

    /** What is in the backup now of an asset that arrived; each of its files was {@link Settled}. */
    record Stored(IngestListener.StoredAsset asset) implements BackupEvent {}

    /**
     * A file was wrong, and reading it again fixed it.
     *
     * @param message what was wrong
     */
    record Healed(String path, String message) implements BackupEvent {}

    /** A file in the backup, from this run or an earlier one, is not safe. */
    record Doubtful(ImplausibleFile file) implements BackupEvent {}

    /** A folder or file that the source did not list. */
    record Unlisted(String path, Outcome.Failed outcome) implements BackupEvent {}

    /**
     * The source was lost, and the run waits for it.
     *
     * @param why what is needed to reach it again; sent again when that changes
     * @param longest how long the run waits
     */
    record Paused(IOException why, Duration longest) implements BackupEvent {}

    /** The source is back, and the run continues. */
    record Resumed() implements BackupEvent {}

    /** A one-line warning; the run continues. */
    record Warning(String message) implements BackupEvent {}
}
