package dev.shoebox.library.column;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Values of which a few occur often: each is stored once and identified by a number, the empty one by 0. */
public final class Distinct<T> {
    private final List<T> values = new ArrayList<>();
    private final Map<T, Integer> numbers = new HashMap<>();

    public Distinct(T empty) {
        keep(empty);
    }

    /** @param value must be immutable */
    public int keep(T value) {
        return numbers.computeIfAbsent(value, added -> {
            values.add(added);
            return values.size() - 1;
        });
    }

    public T get(int number) {
        return values.get(number);
    }
}
