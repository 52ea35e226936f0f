package dev.shoebox.backup.plan;

import dev.shoebox.backup.plan.Planner.Step;
import dev.shoebox.photos.Resource;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;

/** Selected steps of a list in a new order, some of them changed. An unchanged step costs four bytes. */
public final class PickedSteps extends AbstractList<Step> implements RandomAccess {
    private final List<Step> all;
    private final int[] numbers;

    /** Changed steps, by their position in this list. */
    private final Map<Integer, Step> changed;

    private PickedSteps(List<Step> all, int[] numbers, Map<Integer, Step> changed) {
        this.all = all;
        this.numbers = numbers;
        this.changed = changed;
    }

    @Override
    public int size() {
        return numbers.length;
    }

    @Override
    public Step get(int index) {
        Step other = changed.get(index);
        return other == null ? all.get(numbers[index]) : other;
    }

    /** Collects steps in their new order. */
    public static final class Builder {
        private final List<Step> all;
        private final Map<Integer, Step> changed = new HashMap<>();
        private int[] numbers = new int[16];
        private int size;

        /** @param all must not change */
        public Builder(List<Step> all) {
            this.all = all;
        }

        /** Adds the step with this number unchanged. */
        public void take(int number) {
            if (size == numbers.length) {
                numbers = Arrays.copyOf(numbers, size + size / 2);
            }
            numbers[size++] = number;
        }

        /** Adds a changed version of the step with this number. */
        public void take(int number, Step step) {
            changed.put(size, step);
            take(number);
        }

        /**
         * Adds the step with this number, restricted to some of its files. Steps are built anew on every access, so comparing two of
         * them would cost more than everything else done with them here.
         *
         * @param step the one with this number
         * @param left some of its files, in their order
         */
        public void take(int number, Step step, List<Resource> left) {
            if (left.size() == step.missing().size()) {
                take(number);
            } else {
                take(number, new Step(step.asset(), left));
            }
        }

        /** Returns the selected steps; the original list if nothing was left out or changed. */
        public List<Step> build() {
            boolean same = size == all.size() && changed.isEmpty();
            for (int place = 0; same && place < size; place++) {
                same = numbers[place] == place;
            }
            return same ? all : new PickedSteps(all, Arrays.copyOf(numbers, size), changed);
        }
    }
}
