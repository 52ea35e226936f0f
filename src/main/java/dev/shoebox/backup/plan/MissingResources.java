package dev.shoebox.backup.plan;

import dev.shoebox.backup.plan.Planner.Step;
import dev.shoebox.photos.GroupOffsets;
import dev.shoebox.photos.Resource;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/** The files of all steps, one after the other. */
public final class MissingResources extends AbstractList<Resource> implements RandomAccess {
    private final List<Step> steps;
    private final GroupOffsets offsets;

    /** @param steps must not change, and each has a file */
    public MissingResources(List<Step> steps) {
        this.steps = steps;
        this.offsets =
                new GroupOffsets(steps.size(), step -> steps.get(step).missing().size());
    }

    @Override
    public int size() {
        return offsets.total();
    }

    @Override
    public Resource get(int index) {
        int step = offsets.groupOf(index);
        return steps.get(step).missing().get(index - offsets.firstOf(step));
    }
}
