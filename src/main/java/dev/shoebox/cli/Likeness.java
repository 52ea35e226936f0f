package dev.shoebox.cli;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Finds what somebody meant who typed a name that does not exist. */
final class Likeness {
    private Likeness() {}

    /** The name that takes the fewest changes of a letter to get to, if they are few enough for a slip. */
    static Optional<String> closest(String typed, Set<String> names) {
        return names.stream()
                .min(Comparator.comparingInt((String name) -> distance(typed, name))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(name -> distance(typed, name) <= Math.max(2, typed.length() / 3));
    }

    /** To the whole name, or to what comes behind its folders. */
    private static int distance(String typed, String name) {
        String wanted = typed.toLowerCase(Locale.ROOT);
        String whole = name.toLowerCase(Locale.ROOT);
        return Math.min(edits(wanted, whole), edits(wanted, whole.substring(whole.lastIndexOf('/') + 1)));
    }

    /** Levenshtein's distance. */
    private static int edits(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int column = 0; column <= other.length(); column++) {
            row[column] = column;
        }
        for (int line = 1; line <= one.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column <= other.length(); column++) {
                int changed = diagonal + (one.charAt(line - 1) == other.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(changed, 1 + Math.min(row[column], row[column - 1]));
            }
        }
        return row[other.length()];
    }
}
