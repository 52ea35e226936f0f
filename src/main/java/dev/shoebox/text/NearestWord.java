package dev.shoebox.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Suggests the known word that a mistyped one stands for. */
public final class NearestWord {
    private NearestWord() {}

    /**
     * Returns the known word with the smallest edit distance: at most one, or a third of the letters. For paths,
     * compares the last name alone as well.
     */
    public static Optional<String> of(String written, Collection<String> known) {
        String word = plain(written);
        int most = Math.max(1, word.length() / 3);
        return known.stream()
                .filter(candidate -> distance(word, candidate) <= most)
                .min(Comparator.comparingInt((String candidate) -> distance(word, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static int distance(String word, String candidate) {
        String whole = plain(candidate);
        return Math.min(slips(word, whole), slips(word, whole.substring(whole.lastIndexOf('/') + 1)));
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Counts letters that were omitted, inserted, replaced, or swapped with a neighbour. */
    private static int slips(String one, String other) {
        int[][] cost = new int[one.length() + 1][other.length() + 1];
        for (int row = 0; row <= one.length(); row++) {
            for (int column = 0; column <= other.length(); column++) {
                if (row == 0 || column == 0) {
                    cost[row][column] = row + column;
                    continue;
                }
                boolean same = one.charAt(row - 1) == other.charAt(column - 1);
                int least = cost[row - 1][column - 1] + (same ? 0 : 1);
                least = Math.min(least, cost[row - 1][column] + 1);
                least = Math.min(least, cost[row][column - 1] + 1);
                if (row > 1
                        && column > 1
                        && one.charAt(row - 1) == other.charAt(column - 2)
                        && one.charAt(row - 2) == other.charAt(column - 1)) {
                    least = Math.min(least, cost[row - 2][column - 2] + 1);
                }
                cost[row][column] = least;
            }
        }
        return cost[one.length()][other.length()];
    }
}
