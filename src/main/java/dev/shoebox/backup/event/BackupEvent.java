package dev.shoebox.backup.event;

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

/** What a run tells while it goes on, one event at a time. */
public sealed interface BackupEvent {
    /**
     * The source was listed.
     *
     * @param refused photos and videos that it has beside these and would not list
     */
    record Listed(int assets, int files, long bytes, int refused) implements BackupEvent {
        /** Where everything could be listed. */
        public Listed(int assets, int files, long bytes) {
            this(assets, files, bytes, 0);
        }
    }

    /** All that the source holds, with what of it is passed over. */
    record Inventoried(Inventory inventory, boolean foundNothing) implements BackupEvent {}

    /** What is to be read, and what need not be. */
    record Planned(int files, long bytes, int alreadyBackedUp) implements BackupEvent {}

    /** So many of the files that lay in the folder before have been read; once all are, they count as backed up. */
    record Adopting(long files, long ofFiles, long bytes, long ofBytes) implements BackupEvent {}

    /** Files of the backup lie under other names now, and are listed there. */
    record Reconciled(int files) implements BackupEvent {}

    /**
     * What lies ahead, before the first file is read.
     *
     * @param free bytes that can still be written at the destination
     * @param expected at the speed of the last complete run from this source; empty where none copied enough to tell
     */
    record Ahead(int files, long bytes, long free, Optional<Duration> expected) implements BackupEvent {}

    /** Something was left out because it is not wanted. */
    record Unwanted(Skipped leftOut) implements BackupEvent {}

    /** An original, or a part of one, is only in iCloud. */
    record Absent(MissingOriginal absence) implements BackupEvent {}

    /** The source has no library, or it was not worth the time to read it: nobody knows what is only in iCloud. */
    record LibraryUnread() implements BackupEvent {}

    /**
     * Sidecars were written beside photos.
     *
     * @param written new ones
     * @param refreshed those of which the content changed
     * @param left how many were not, since something that is not ours lies in their place
     */
    record SidecarsWritten(int written, int refreshed, int left) implements BackupEvent {}

    /**
     * Some photos tell no date of their own: they are filed by the time of a file.
     *
     * @param photos how many
     * @param all photos and videos of this run
     * @param folders of the source where they lie, with how many in each
     * @param copyDay the day that most files of the run were made or changed, probably when somebody copied them
     */
    record Undated(int photos, int all, Map<String, Integer> folders, Optional<LocalDate> copyDay)
            implements BackupEvent {
        private static final int MOST_FOLDERS = 3;

        /** In one sentence or two, so that nobody takes a guess for a date. */
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
     * @param bytes negative where bytes that had arrived must be read again
     */
    record Received(long bytes) implements BackupEvent {}

    /** The fate of one file is settled: for {@link Outcome.Copied}, it is durable and catalogued. */
    record Settled(Resource resource, Outcome outcome) implements BackupEvent {
        /** Whether a photo or film is not in the backup, since its owner deleted it there on purpose. */
        public boolean isPhotoForgotten() {
            return outcome instanceof Outcome.Forgotten
                    && (resource.role() == Role.PHOTO || resource.role() == Role.VIDEO);
        }
    }

    /**
     * Something was wrong with a file, and reading it again mended it.
     *
     * @param message what had been wrong
     */
    record Healed(String path, String message) implements BackupEvent {}

    /** A file is in the backup, now or from before, and is not what it should be. */
    record Doubtful(ImplausibleFile file) implements BackupEvent {}

    /** A folder or file that the source would not even list. */
    record Unlisted(String path, Outcome.Failed outcome) implements BackupEvent {}

    /**
     * The source was lost, and the run waits for it.
     *
     * @param why what it takes to reach it again; told anew when that changes
     * @param longest for which it waits
     */
    record Paused(IOException why, Duration longest) implements BackupEvent {}

    /** The source is back, and the run goes on. */
    record Resumed() implements BackupEvent {}

    /** One line that a person should read; the run goes on. */
    record Warning(String message) implements BackupEvent {}
}
