package dev.shoebox.backup.transfer;

import dev.shoebox.backup.event.RunOutcomes;
import dev.shoebox.backup.plan.ArrivalDating;
import dev.shoebox.backup.plan.Planner.Step;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.ingest.Arrival;
import dev.shoebox.destination.ingest.Ingest;
import dev.shoebox.destination.ingest.Staged;
import dev.shoebox.destination.ingest.StagedResource;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.format.Plausibility;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Assembles assets from their files: an asset goes to the ingest once its last file has arrived or is known to be
 * unreadable. A broken half does not delay the other.
 */
final class AssetAssembler {
    private final Ingest ingest;
    private final ArrivalDating dating;
    private final RunOutcomes outcomes;
    private int settled;

    AssetAssembler(Ingest ingest, ArrivalDating dating, RunOutcomes outcomes) {
        this.ingest = ingest;
        this.dating = dating;
        this.outcomes = outcomes;
    }

    /** An asset with files still to arrive in this pass. */
    static final class PendingAsset {
        final Step step;
        private final List<StagedResource> whole = new ArrayList<>();
        private int awaited;

        PendingAsset(Step step) {
            this.step = step;
            this.awaited = step.missing().size();
        }
    }

    /** Returns how many files are settled: arrived, or known to be unreadable. */
    int settled() {
        return settled;
    }

    /** Adds a complete file. It does not count as settled yet. */
    void add(PendingFile file, Staged whole) throws DestinationException {
        // Files other than photos need no content check, whatever their names.
        Plausibility looks = file.resource.role() == Role.FILE
                ? Plausibility.PLAUSIBLE
                : whole.plausibility(file.resource.file().name());
        file.asset.whole.add(new StagedResource(file.resource, whole, looks, file.proof));
        file.unstage();
    }

    /** Counts one more file as settled. */
    void settle(PendingAsset asset) throws IOException {
        settled++;
        if (--asset.awaited == 0) {
            store(asset);
        }
    }

    /** Stores the complete files of an asset, even if others are missing. */
    void store(PendingAsset asset) throws IOException {
        if (!asset.whole.isEmpty()) {
            for (Arrival arrival : dating.arrivals(asset.step, List.copyOf(asset.whole))) {
                arrival.files().forEach(file -> {
                    outcomes.looksLike(file.resource(), file.plausibility());
                    outcomes.provenBy(file.resource(), file.proof());
                });
                ingest.store(arrival);
            }
            asset.whole.clear();
        }
    }

    /** Discards the complete files of an asset that were not stored. */
    void drop(PendingAsset asset) {
        asset.whole.forEach(file -> file.staged().close());
    }
}
