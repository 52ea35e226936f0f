package dev.shoebox.photos.sorting;

import dev.shoebox.photos.source.PackedFiles;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Divides files into sets of related folders, so that grouping need not keep its state for all of them at once: a
 * folder, and those with edits and other halves of its photos.
 */
final class RelatedFolders {
    private final PackedFiles files;

    /** A related folder for each folder (union-find); the representative of a set refers to itself. */
    private int[] related;

    private final Map<String, Integer> numbers = new HashMap<>();

    /** @param assets returns the folder of the asset that a file may belong to, with a slash at the end */
    RelatedFolders(PackedFiles files, UnaryOperator<String> assets) {
        this.files = files;
        this.related = IntStream.range(0, files.folderCount()).toArray();
        for (int folder = 0; folder < files.folderCount(); folder++) {
            numbers.put(files.folder(folder), folder);
        }
        boolean[] settled = new boolean[files.folderCount()];
        for (int index = 0; index < files.size(); index++) {
            int folder = files.folderOf(index);
            if (!settled[folder]) {
                // The folder is not enough only for some files in the library of a Mac.
                settled[folder] = !MacLibrary.isPerhapsPart(files.folder(folder));
                relate(folder, number(assets.apply(files.get(index).path())));
            }
        }
    }

    private int number(String folder) {
        Integer known = numbers.get(folder);
        if (known != null) {
            return known;
        }
        int number = numbers.size();
        if (number == related.length) {
            related = Arrays.copyOf(related, number + number / 2 + 1);
        }
        related[number] = number;
        numbers.put(folder, number);
        return number;
    }

    private void relate(int one, int other) {
        related[root(one)] = root(other);
    }

    private int root(int folder) {
        int at = folder;
        while (related[at] != at) {
            related[at] = related[related[at]];
            at = related[at];
        }
        return at;
    }

    /** Returns the indexes of the files of each set, in order; sets are ordered by their first files. */
    List<int[]> files() {
        int[] sets = new int[numbers.size()];
        int count = 0;
        int[] setOf = new int[files.size()];
        for (int index = 0; index < setOf.length; index++) {
            int root = root(files.folderOf(index));
            if (sets[root] == 0) {
                sets[root] = ++count;
            }
            setOf[index] = sets[root] - 1;
        }
        int[] sizes = new int[count];
        for (int set : setOf) {
            sizes[set]++;
        }
        int[][] divided = new int[count][];
        Arrays.setAll(divided, set -> new int[sizes[set]]);
        for (int index = setOf.length - 1; index >= 0; index--) {
            divided[setOf[index]][--sizes[setOf[index]]] = index;
        }
        return Arrays.asList(divided);
    }
}
