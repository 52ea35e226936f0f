package dev.shoebox.backup.transfer;

import dev.shoebox.backup.plan.Planner.Step;
import dev.shoebox.destination.ingest.StagedResource;

import java.util.ArrayList;
import java.util.List;

/** An asset of which files are still to come, in one pass. */
final class PendingAsset {
    final Step step;
    final List<StagedResource> whole = new ArrayList<>();
    int awaited;

    PendingAsset(Step step) {
        this.step = step;
        this.awaited = step.missing().size();
    }
}
