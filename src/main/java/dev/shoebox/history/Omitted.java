package dev.shoebox.history;

import dev.shoebox.photos.source.PassedOver;
import dev.shoebox.photos.source.PassedOver.Kind;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a run did not take from a source although nothing failed: files that are not photos, system files, deselected
 * files, and Recently Deleted.
 *
 * @param found the number of files in the source
 * @param passedOver the number of files passed over, by kind
 * @param named some of these: at most {@link RunResult#MOST_NAMES} files, and as many clutter folders
 * @param leftOut the number of photos and videos that were completely deselected
 * @param leftOutFiles the number of files of these, and of partly deselected ones
 * @param recentlyDeleted the number of photos and videos in Recently Deleted
 * @param recentlyDeletedFiles the number of files of these
 */
public record Omitted(
        long found,
        Map<Kind, Long> passedOver,
        List<PassedOver> named,
        int leftOut,
        int leftOutFiles,
        int recentlyDeleted,
        int recentlyDeletedFiles) {
    public Omitted {
        passedOver = passedOver.isEmpty() ? Map.of() : new EnumMap<>(passedOver);
        named = Stream.concat(first(named, false), first(named, true)).toList();
    }

    /** Selects the largest of the clutter folders. */
    private static Stream<PassedOver> first(List<PassedOver> named, boolean clutter) {
        Stream<PassedOver> some = named.stream().filter(each -> each.kind().isClutter() == clutter);
        return (clutter ? some.sorted(Comparator.comparing(PassedOver::files, Comparator.reverseOrder())) : some)
                .limit(RunResult.MOST_NAMES);
    }

    /** Counts the files passed over, either clutter or others. */
    public long files(boolean clutter) {
        return passedOver.entrySet().stream()
                .filter(count -> count.getKey().isClutter() == clutter)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Counts those that are not named. */
    public long unnamed(boolean clutter) {
        return files(clutter)
                - named(clutter).stream().mapToLong(PassedOver::files).sum();
    }

    /** Returns the named files, or the named clutter folders. */
    public List<PassedOver> named(boolean clutter) {
        return named.stream().filter(each -> each.kind().isClutter() == clutter).toList();
    }

    /** Lists the kinds with their numbers, for people: {@code 3 documents, 1 archive}. */
    public String kinds(boolean clutter) {
        return PassedOver.kinds(passedOver, clutter);
    }
}
