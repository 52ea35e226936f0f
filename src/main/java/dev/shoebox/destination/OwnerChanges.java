package dev.shoebox.destination;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.ingest.Publisher;
import dev.shoebox.destination.opening.DestinationOpener;
import dev.shoebox.destination.records.Journal;
import dev.shoebox.destination.records.Kept;
import dev.shoebox.destination.records.Manifest;
import dev.shoebox.destination.records.StoredFile;
import dev.shoebox.destination.tidy.Adopter;
import dev.shoebox.destination.tidy.Forgetting;
import dev.shoebox.destination.tidy.Reconciliation;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.SourceId;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Changes that the user or other programs made to the files of a shoebox, on purpose or not: moved, deleted or added
 * files.
 */
public final class OwnerChanges {
    private final Reopened reopened;
    private final InstantSource clock;
    private DestinationOpener.Opened opened;

    OwnerChanges(DestinationOpener.Opened opened, InstantSource clock, Reopened reopened) {
        this.opened = opened;
        this.clock = clock;
        this.reopened = reopened;
    }

    /** Reopens the records after lines were removed from the manifest. */
    interface Reopened {
        DestinationOpener.Opened without(Set<Manifest> lines) throws IOException;
    }

    /** Searches for moved files by content, and records their new names. Moves nothing. Not while an ingest is open. */
    public Reconciliation.Result reconcile() throws DestinationException {
        writing();
        try {
            Reconciliation reconciliation = new Reconciliation(opened);
            List<Kept> lost = reconciliation.lost();
            Set<Manifest> stale = reconciliation.stale(lost);
            List<Journal.Moved> moves = reconciliation.record(reconciliation.find(lost), clock.instant());
            stale.addAll(Reconciliation.oldLines(moves));
            if (!stale.isEmpty()) {
                opened = reopened.without(stale);
                Reconciliation.verified(opened, moves, clock.instant());
            }
            Map<String, String> moved = new LinkedHashMap<>();
            moves.forEach(move -> moved.put(move.from(), move.to()));
            List<String> missing = new ArrayList<>();
            Set<String> forgotten = opened.catalogue().forgotten().keySet();
            for (Kept each : lost) {
                // A file that still has a row was not forgotten, even if another with the same content was.
                if (!(each.id() == 0 && forgotten.contains(each.sha256()))
                        && !moved.containsKey(each.path())
                        && !opened.disk().hasFile(each.path())) {
                    missing.add(each.path());
                }
            }
            return new Reconciliation.Result(moved, missing);
        } catch (IOException e) {
            throw DestinationException.of(e, opened.disk());
        }
    }

    /**
     * Returns which of these files have another name now, by the recorded {@link StoredFile#path}. Reads their contents
     * and writes nothing.
     */
    public Map<String, String> moved(List<StoredFile> gone) throws DestinationException {
        try {
            List<Kept> lost = new ArrayList<>();
            for (StoredFile each : gone) {
                opened.catalogue().at(each.path()).ifPresent(lost::add);
            }
            Map<String, String> moved = new LinkedHashMap<>();
            new Reconciliation(opened).find(lost).forEach((file, path) -> moved.put(file.path(), path));
            return moved;
        } catch (IOException e) {
            throw DestinationException.of(e, opened.disk());
        }
    }

    /**
     * Forgets files that the user deleted on purpose: their contents are neither reported as missing nor stored again.
     * Deletes nothing; existing files stay. Not while an ingest is open.
     *
     * @param chosen paths of files or folders, relative to the root, or SHA-256s
     */
    public Forgetting.Result forget(List<String> chosen) throws DestinationException {
        reconcile();
        try {
            Forgetting forgetting = new Forgetting(opened, new Reconciliation(opened).lost());
            Forgetting.Result result = forgetting.choose(chosen);
            if (!result.gone().isEmpty()) {
                forgetting.record(result.gone(), clock.instant());
                opened = reopened.without(forgetting.lines(result.gone()));
            }
            return result;
        } catch (IOException e) {
            throw DestinationException.of(e, opened.disk());
        }
    }

    /**
     * Reverses {@link #forget}: the next run stores the files again.
     *
     * @param chosen as in {@link #forget}
     * @return their last paths
     */
    public List<String> wantAgain(List<String> chosen) throws DestinationException {
        writing();
        try {
            return new Forgetting(opened, List.of()).wantAgain(chosen);
        } catch (IOException e) {
            throw DestinationException.of(e, opened.disk());
        }
    }

    /** Returns the forgotten contents as SHA-256, each with its last path. */
    public Map<String, String> forgotten() throws DestinationException {
        return opened.catalogue().forgotten();
    }

    /** Returns the files of a source whose contents are forgotten. */
    public Set<MediaFile> forgotten(SourceId source) throws DestinationException {
        return opened.catalogue().forgotten(source);
    }

    /**
     * Returns an adopter for files that are already in the folder; not while an ingest is open.
     *
     * @param name of the folder, for display
     */
    public Adopter adopter(String name) throws DestinationException {
        writing();
        try {
            return new Adopter(opened, name);
        } catch (IOException e) {
            throw DestinationException.of(e, opened.disk());
        }
    }

    /** Returns whether an adoption was started and not completed. */
    public boolean isAdopting() throws DestinationException {
        try {
            return Adopter.isUnfinished(opened.disk());
        } catch (IOException e) {
            throw DestinationException.of(e, opened.disk());
        }
    }

    private Publisher.Writing writing() {
        return opened.writing().orElseThrow(() -> new IllegalStateException("opened for looking only"));
    }
}
