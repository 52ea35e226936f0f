package dev.shoebox.backup.transfer;

import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.backup.event.RunOutcomes;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.ingest.Ingest;
import dev.shoebox.destination.ingest.Staged;

/**
 * The partial files on the destination to which the files of one pass are written. Reports received and discarded bytes
 * to the run.
 */
final class PartialFiles {
    private final Ingest ingest;
    private final EndToEnd proofs;
    private final RunOutcomes outcomes;

    PartialFiles(Ingest ingest, EndToEnd proofs, RunOutcomes outcomes) {
        this.ingest = ingest;
        this.proofs = proofs;
        this.outcomes = outcomes;
    }

    /** Returns the partial file; creates it if there is none yet. */
    Staged of(PendingFile file) throws DestinationException {
        if (file.staged().isEmpty()) {
            file.stage(ingest.stage(file.resource.file(), proofs.extras(file)));
            outcomes.tell(new BackupEvent.Started(file.resource));
        }
        return file.staged().get();
    }

    /** Resumes the kept part of the file, if there is one. */
    void takeUp(PendingFile file) throws DestinationException {
        ingest.takeUp(file.resource.file(), proofs.extras(file)).ifPresent(staged -> {
            file.stage(staged);
            outcomes.tell(new BackupEvent.Started(file.resource));
            outcomes.tell(new BackupEvent.Received(staged.length()));
        });
    }

    /** Replaces the received file by its repaired version. */
    void replace(PendingFile file, Staged mended) {
        drop(file);
        file.stage(mended);
        outcomes.tell(new BackupEvent.Received(mended.length()));
    }

    /** Ends it for now; the received part of a large file is kept for the next attempt. */
    void suspend(PendingFile file) {
        file.staged().ifPresent(staged -> {
            outcomes.tell(new BackupEvent.Received(-staged.length()));
            ingest.suspend(staged);
        });
        forget(file);
    }

    /** Discards the received bytes. */
    void drop(PendingFile file) {
        file.staged().ifPresent(staged -> {
            outcomes.tell(new BackupEvent.Received(-staged.length()));
            staged.close();
        });
        forget(file);
    }

    private static void forget(PendingFile file) {
        file.unstage();
        file.endSecond();
    }
}
