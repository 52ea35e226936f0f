package dev.shoebox.backup.plan;

import dev.shoebox.backup.plan.Planner.Step;
import dev.shoebox.destination.ingest.Arrival;
import dev.shoebox.destination.ingest.StagedResource;

import java.io.IOException;
import java.util.List;

/** Finds out when an asset was taken, what else a layout wants to know, and whether it is several. */
public interface ArrivalDating {
    List<Arrival> arrivals(Step step, List<StagedResource> whole) throws IOException;
}
