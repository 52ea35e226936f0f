package dev.shoebox.backup.plan;

import dev.shoebox.backup.plan.Planner.Step;
import dev.shoebox.photos.Resource;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/** The files of all steps, one after the other. */
public final class MissingResources extends AbstractList<Resource> implements RandomAccess {
    private final List<Step> steps;

    /** The index of each step's first file, and at the end the total. */
    private final int[] firsts;

    /** @param steps must not change, and each has a file */
    public MissingResources(List<Step> steps) {
        this.steps = steps;
        this.firsts = new int[steps.size() + 1];
        for (int step = 0; step < steps.size(); step++) {
            firsts[step + 1] = firsts[step] + steps.get(step).missing().size();
        }
    }

    @Override
    public int size() {
        return firsts[steps.size()];
    }

    @Override
    public Resource get(int index) {
        int found = Arrays.binarySearch(firsts, index);
        int step = found >= 0 ? found : -found - 2;
        return steps.get(step).missing().get(index - firsts[step]);
    }
}
