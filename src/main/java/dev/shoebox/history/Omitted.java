package dev.shoebox.history;

import dev.shoebox.photos.source.PassedOver;
import dev.shoebox.photos.source.PassedOver.Kind;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What of a source a run did not take, though nothing failed: files that are no photos, what systems made for themselves,
 * what the person left out, and what is in Recently Deleted.
 *
 * @param found how many files the source holds
 * @param passedOver how many files were passed over, by kind
 * @param named some of these: at most {@link RunResult#MOST_NAMES} files, and as many folders of clutter
 * @param leftOut photos and videos that were left out by choice, as a whole
 * @param leftOutFiles of these, and of others of which a part was left out
 * @param recentlyDeleted photos and videos
 * @param recentlyDeletedFiles of these
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

    /** Of clutter, the folders with most in them. */
    private static Stream<PassedOver> first(List<PassedOver> named, boolean clutter) {
        Stream<PassedOver> some = named.stream().filter(each -> each.kind().isClutter() == clutter);
        return (clutter ? some.sorted(Comparator.comparing(PassedOver::files, Comparator.reverseOrder())) : some)
                .limit(RunResult.MOST_NAMES);
    }

    /** How many files were passed over, of those that systems and programs made for themselves or of the others. */
    public long files(boolean clutter) {
        return passedOver.entrySet().stream()
                .filter(count -> count.getKey().isClutter() == clutter)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** How many of them are not named. */
    public long unnamed(boolean clutter) {
        return files(clutter)
                - named(clutter).stream().mapToLong(PassedOver::files).sum();
    }

    /** The files, or the folders of clutter. */
    public List<PassedOver> named(boolean clutter) {
        return named.stream().filter(each -> each.kind().isClutter() == clutter).toList();
    }

    /** How many there are of which kind, for people: {@code 3 documents, 1 archive}. */
    public String kinds(boolean clutter) {
        return PassedOver.kinds(passedOver, clutter);
    }
}
