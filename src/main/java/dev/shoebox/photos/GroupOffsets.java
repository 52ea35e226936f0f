package dev.shoebox.photos;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/** Numbers the members of consecutive groups: with four bytes for each group it finds the group of a member. */
public final class GroupOffsets {
    /** The index of each group's first member among all members, and at the end their number. */
    private final int[] firsts;

    /**
     * @param groups the number of groups
     * @param size the number of members of each group, at least 1
     */
    public GroupOffsets(int groups, IntUnaryOperator size) {
        this.firsts = new int[groups + 1];
        for (int group = 0; group < groups; group++) {
            firsts[group + 1] = firsts[group] + size.applyAsInt(group);
        }
    }

    /** Returns the number of members of all groups. */
    public int total() {
        return firsts[firsts.length - 1];
    }

    /** Returns the index of a group's first member among all members. */
    public int firstOf(int group) {
        return firsts[group];
    }

    /** Returns the number of the group that a member belongs to. */
    public int groupOf(int member) {
        int found = Arrays.binarySearch(firsts, member);
        return found >= 0 ? found : -found - 2;
    }
}
