package dev.shoebox.cli.backup;

import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.backup.event.Outcome;
import dev.shoebox.photos.source.Inventory;

import java.nio.file.Path;
import java.util.Optional;

/** Accumulates the events of a run. */
final class RunSoFar {
    private String source = "";
    private Path root = Path.of("");

    /** Null until the source was listed. */
    private BackupEvent.Listed listed;

    /** Null until the source was compared with the backup. */
    private Inventory inventory;

    private boolean foundNothing;
    private int alreadyBackedUp;
    private int failed;
    private int unlisted;

    void opened(String from, Path to) {
        source = from;
        root = to;
    }

    void note(BackupEvent event) {
        if (event instanceof BackupEvent.Listed all) {
            listed = all;
        } else if (event instanceof BackupEvent.Planned planned) {
            alreadyBackedUp = planned.alreadyBackedUp();
        } else if (event instanceof BackupEvent.Inventoried all) {
            inventory = all.inventory();
            foundNothing = all.foundNothing();
        } else if (event instanceof BackupEvent.Settled settled && settled.outcome() instanceof Outcome.Failed) {
            failed++;
        } else if (event instanceof BackupEvent.Unlisted) {
            failed++;
            unlisted++;
        }
    }

    /** Returns the name of the source. */
    String source() {
        return source;
    }

    /** Returns the folder of the backup. */
    Path root() {
        return root;
    }

    Optional<BackupEvent.Listed> listed() {
        return Optional.ofNullable(listed);
    }

    Optional<Inventory> inventory() {
        return Optional.ofNullable(inventory);
    }

    /** Returns whether a new folder or archive contains nothing to back up. */
    boolean foundNothing() {
        return foundNothing;
    }

    int alreadyBackedUp() {
        return alreadyBackedUp;
    }

    /** Counts files that failed, and folders that could not be listed. */
    int failed() {
        return failed;
    }

    /** Counts the folders among these. */
    int unlisted() {
        return unlisted;
    }
}
