package dev.shoebox.backup.plan;

import dev.shoebox.backup.plan.Planner.Step;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;

/** Some steps of a list, in an order of their own, some of them changed: four bytes for each that is not. */
public final class PickedSteps extends AbstractList<Step> implements RandomAccess {
    private final List<Step> all;
    private final int[] numbers;

    /** By the place that they have here. */
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

    /** Takes steps in the order in which they are to be. */
    public static final class Builder {
        private final List<Step> all;
        private final Map<Integer, Step> changed = new HashMap<>();
        private int[] numbers = new int[16];
        private int size;

        /** @param all does not change */
        public Builder(List<Step> all) {
            this.all = all;
        }

        /** Takes the step with that number as it is. */
        public void take(int number) {
            if (size == numbers.length) {
                numbers = Arrays.copyOf(numbers, size + size / 2);
            }
            numbers[size++] = number;
        }

        /** Takes a step, which may be the one with that number or what became of it. */
        public void take(int number, Step step) {
            if (!step.equals(all.get(number))) {
                changed.put(size, step);
            }
            take(number);
        }

        /** What was taken, which is all of it where nothing was left out or changed. */
        public List<Step> build() {
            boolean same = size == all.size() && changed.isEmpty();
            for (int place = 0; same && place < size; place++) {
                same = numbers[place] == place;
            }
            return same ? all : new PickedSteps(all, Arrays.copyOf(numbers, size), changed);
        }
    }
}
