package dev.shoebox.backup;

import dev.shoebox.backup.event.Outcome;
import dev.shoebox.backup.event.RunOutcomes;
import dev.shoebox.backup.event.StopSignal;
import dev.shoebox.backup.plan.PickedSteps;
import dev.shoebox.backup.plan.Planner.Step;
import dev.shoebox.backup.transfer.Transfer;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.ingest.Ingest;
import dev.shoebox.photos.Resource;
import dev.shoebox.text.Amounts;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Copies the files that fit on the destination's disk: none larger than its file system allows, and no more than is
 * free.
 */
final class FreeSpacePlan {
    /** Bytes that the catalogue, the manifest and the folders may need for each file. */
    private static final long BOOKKEEPING = 4096;

    private final Destination destination;
    private final RunOutcomes outcomes;
    private final StopSignal stop;

    FreeSpacePlan(Destination destination, RunOutcomes outcomes, StopSignal stop) {
        this.destination = destination;
        this.outcomes = outcomes;
        this.stop = stop;
    }

    /**
     * Copies in order, and skips files that do not fit into the free space. Duplicates need no space, so skipped files
     * are tried again until none fits any more.
     */
    Optional<IOException> copyWhatFits(List<Step> steps, Transfer transfer, Ingest ingest) throws IOException {
        List<Step> todo = steps;
        while (!todo.isEmpty() && !stop.isAsked()) {
            long free = destination.freeBytes();
            PickedSteps.Builder fitting = new PickedSteps.Builder(todo);
            List<Step> left = new ArrayList<>();
            for (int number = 0; number < todo.size(); number++) {
                Step step = todo.get(number);
                // A file can claim any size: adding two must not overflow.
                long needed = step.bytes();
                for (Resource resource : step.missing()) {
                    needed -= ingest.kept(resource.file());
                }
                needed = Amounts.sum(
                        LongStream.of(needed, BOOKKEEPING * step.missing().size()));
                if (needed <= free) {
                    free -= needed;
                    fitting.take(number);
                } else {
                    left.add(step);
                }
            }
            List<Step> fits = fitting.build();
            if (fits.isEmpty()) {
                IOException full = destination.full(Amounts.sum(todo.stream().mapToLong(Step::bytes)));
                left.forEach(step -> step.missing()
                        .forEach(resource -> outcomes.failed(
                                resource,
                                new Outcome.Failed(
                                        Outcome.Failed.Reason.NO_SPACE,
                                        "not enough free space; free some, then run the backup again"))));
                return Optional.of(full);
            }
            transfer.copy(fits);
            ingest.flush();
            todo = new ArrayList<>(unproven(fits));
            todo.addAll(left);
        }
        return Optional.empty();
    }

    /** Returns the steps whose files the disk did not return as written. */
    private List<Step> unproven(List<Step> steps) {
        Set<String> again = outcomes.takeUnproven();
        return again.isEmpty()
                ? List.of()
                : steps.stream()
                        .map(step -> new Step(
                                step.asset(),
                                step.missing().stream()
                                        .filter(resource ->
                                                again.contains(resource.file().path()))
                                        .toList()))
                        .filter(step -> !step.missing().isEmpty())
                        .toList();
    }

    /** Removes every file that the destination's file system cannot hold, without reading it. */
    List<Step> fitting(List<Step> steps) {
        long largest = destination.largestFile();
        PickedSteps.Builder fitting = new PickedSteps.Builder(steps);
        for (int number = 0; number < steps.size(); number++) {
            Step step = steps.get(number);
            List<Resource> small = new ArrayList<>();
            for (Resource resource : step.missing()) {
                if (resource.file().size() <= largest) {
                    small.add(resource);
                } else {
                    outcomes.failed(
                            resource,
                            new Outcome.Failed(
                                    Outcome.Failed.Reason.TOO_LARGE,
                                    "larger than any file this disk can hold, even in parts (" + largest
                                            + " bytes); use a disk formatted as exFAT, NTFS, APFS or ext4"));
                }
            }
            if (!small.isEmpty()) {
                fitting.take(number, step, small);
            }
        }
        return fitting.build();
    }
}
