package dev.shoebox.library.column;

import java.util.Arrays;

/** A number for each row of a table, in eight bytes; a range of rows without numbers takes none. */
public final class LongColumn {
    private static final int STRETCH_BITS = 10;
    private static final int STRETCH = 1 << STRETCH_BITS;

    private final long absent;
    private long[][] stretches = new long[16][];

    /** @param absent the value of unset rows */
    public LongColumn(long absent) {
        this.absent = absent;
    }

    public void set(int row, long value) {
        int stretch = row >>> STRETCH_BITS;
        if (stretch >= stretches.length) {
            stretches = Arrays.copyOf(stretches, Math.max(stretch + 1, stretches.length * 2));
        }
        if (stretches[stretch] == null) {
            if (value == absent) {
                return;
            }
            stretches[stretch] = new long[STRETCH];
            Arrays.fill(stretches[stretch], absent);
        }
        stretches[stretch][row & STRETCH - 1] = value;
    }

    public long get(int row) {
        int stretch = row >>> STRETCH_BITS;
        return stretch >= stretches.length || stretches[stretch] == null
                ? absent
                : stretches[stretch][row & STRETCH - 1];
    }
}
