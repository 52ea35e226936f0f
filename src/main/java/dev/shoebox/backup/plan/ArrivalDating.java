package dev.shoebox.backup.plan;

import dev.shoebox.backup.plan.Planner.Step;
import dev.shoebox.destination.ingest.Arrival;
import dev.shoebox.destination.ingest.StagedResource;

import java.io.IOException;
import java.util.List;

/** Determines when an asset was taken, further facts for a layout, and whether the asset is really several. */
public interface ArrivalDating {
    List<Arrival> arrivals(Step step, List<StagedResource> whole) throws IOException;
}
