package dev.shoebox.text;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Disambiguates files with the same path, of which an archive may have any number. Later ones get a folder of their
 * own, {@code a/#2/b.jpg}, where the halves of a Live Photo meet again. The same paths in the same order give the same
 * results.
 */
public final class DistinctPaths {
    private final Set<String> taken = new HashSet<>();
    private final Map<String, Integer> copies = new HashMap<>();

    public boolean isTaken(String path) {
        return taken.contains(path);
    }

    public String distinct(String path) {
        String unique = path;
        while (!taken.add(unique)) {
            int slash = path.lastIndexOf('/') + 1;
            int copy = copies.merge(path, 1, Integer::sum) + 1;
            unique = path.substring(0, slash) + "#" + copy + "/" + path.substring(slash);
        }
        return unique;
    }
}
