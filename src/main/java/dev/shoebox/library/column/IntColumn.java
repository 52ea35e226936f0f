package dev.shoebox.library.column;

import java.util.Arrays;

/** A number for each row of a table, in four bytes; a range of rows without numbers takes none. */
public final class IntColumn {
    private static final int STRETCH_BITS = 10;
    private static final int STRETCH = 1 << STRETCH_BITS;

    private final int absent;
    private int[][] stretches = new int[16][];

    /** @param absent the value of unset rows */
    public IntColumn(int absent) {
        this.absent = absent;
    }

    public void set(int row, int value) {
        int stretch = row >>> STRETCH_BITS;
        if (stretch >= stretches.length) {
            stretches = Arrays.copyOf(stretches, Math.max(stretch + 1, stretches.length * 2));
        }
        if (stretches[stretch] == null) {
            if (value == absent) {
                return;
            }
            stretches[stretch] = new int[STRETCH];
            Arrays.fill(stretches[stretch], absent);
        }
        stretches[stretch][row & STRETCH - 1] = value;
    }

    public int get(int row) {
        int stretch = row >>> STRETCH_BITS;
        return stretch >= stretches.length || stretches[stretch] == null
                ? absent
                : stretches[stretch][row & STRETCH - 1];
    }
}
