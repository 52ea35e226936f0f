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

/** What other hands than ours did to the files of a shoebox, on purpose or not: moved them, deleted them, or put them there. */
public final class OwnerChanges {
    private final Reopened reopened;
    private final InstantSource clock;
    private DestinationOpener.Opened opened;

    OwnerChanges(DestinationOpener.Opened opened, InstantSource clock, Reopened reopened) {
        this.opened = opened;
        this.clock = clock;
        this.reopened = reopened;
    }

    /** Reads the records anew once lines were taken out of the manifest. */
    interface Reopened {
        DestinationOpener.Opened without(Set<Manifest> lines) throws IOException;
    }

    /**
     * Looks for what is not where it was stored, by its content, and takes the names under which it lies now into the records.
     * Nothing is moved. Not while an ingest is open.
     */
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
                // What still has a row was not let go, whatever has the same content.
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
     * Which of these files lie under another name now, by the {@link StoredFile#path} that is recorded. Their contents are read;
     * nothing is written.
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
     * Lets go what the owner deleted on purpose: it is remembered by its content, and is neither missing nor stored again. Nothing
     * is deleted; what is still there stays. Not while an ingest is open.
     *
     * @param chosen each a path of a file or folder relative to the root, or a SHA-256
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
     * What was let go is wanted again: the next run stores it.
     *
     * @param chosen as in {@link #forget}
     * @return where it lay last
     */
    public List<String> wantAgain(List<String> chosen) throws DestinationException {
        writing();
        try {
            return new Forgetting(opened, List.of()).wantAgain(chosen);
        } catch (IOException e) {
            throw DestinationException.of(e, opened.disk());
        }
    }

    /** The contents, as SHA-256, that the owner deleted on purpose, each with where it lay last. */
    public Map<String, String> forgotten() throws DestinationException {
        return opened.catalogue().forgotten();
    }

    /** The files of a source whose contents the owner deleted here on purpose. */
    public Set<MediaFile> forgotten(SourceId source) throws DestinationException {
        return opened.catalogue().forgotten(source);
    }

    /**
     * For taking files that lie here already into the records; not while an ingest is open.
     *
     * @param name of the folder, for people
     */
    public Adopter adopter(String name) throws DestinationException {
        writing();
        try {
            return new Adopter(opened, name);
        } catch (IOException e) {
            throw DestinationException.of(e, opened.disk());
        }
    }

    /** Whether an adoption was begun here and did not come to its end. */
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
