package dev.shoebox.photos.source;

import dev.shoebox.photos.format.FileKind;
import dev.shoebox.photos.source.PassedOver.Kind;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Everything found on a source.
 *
 * @param found the number of files found, counted before anything is decided about them; a folder that cannot be listed
 *     counts as one
 * @param counts the number of files passed over, by kind
 * @param named the items passed over, at most {@link #MOST_NAMED}; the counts include all
 * @param told the kinds of files whose names do not show it, by content; by path
 * @param texts JSON and CSV files, listed or passed over: in an export they describe its photos
 */
public record Inventory(
        long found, Map<Kind, Long> counts, List<PassedOver> named, Map<String, FileKind> told, List<MediaFile> texts) {
    /** The number of items that are named; the others are counted. */
    public static final int MOST_NAMED = 20_000;

    /** The inventory of an empty source. */
    public static final Inventory NOTHING = of(0);

    public Inventory {
        counts = Map.copyOf(counts);
        named = List.copyOf(named);
        told = Map.copyOf(told);
        texts = List.copyOf(texts);
    }

    /** Creates an inventory without texts. */
    public Inventory(long found, Map<Kind, Long> counts, List<PassedOver> named, Map<String, FileKind> told) {
        this(found, counts, named, told, List.of());
    }

    /** Returns the inventory of a source whose files are all listed. */
    static Inventory of(long found) {
        return new Inventory(found, Map.of(), List.of(), Map.of());
    }

    /** Returns the number of files passed over. */
    public long passedOver() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Returns how many of these a system or program wrote for its own use. */
    public long clutter() {
        return counts.entrySet().stream()
                .filter(count -> count.getKey().isClutter())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Returns whether anything passed over may contain photos. */
    public boolean mayHoldMore() {
        return counts.keySet().stream().anyMatch(Kind::mayHoldPhotos);
    }

    /** Returns how many of these are not named. */
    public long unnamed() {
        return passedOver() - named.stream().mapToLong(PassedOver::files).sum();
    }

    /** Returns the sum with another part of the same source. */
    public Inventory plus(Inventory other) {
        Map<Kind, Long> sums = new EnumMap<>(Kind.class);
        sums.putAll(counts);
        other.counts.forEach((kind, count) -> sums.merge(kind, count, Long::sum));
        List<PassedOver> both = new ArrayList<>(named);
        other.named.stream().limit(MOST_NAMED - named.size()).forEach(both::add);
        Map<String, FileKind> kinds = new HashMap<>(told);
        kinds.putAll(other.told);
        List<MediaFile> allTexts = new ArrayList<>(texts);
        allTexts.addAll(other.texts);
        return new Inventory(found + other.found, sums, both, kinds, allTexts);
    }

    /** Returns this with changed paths, because the source is part of another. */
    public Inventory at(UnaryOperator<String> path) {
        Map<String, FileKind> kinds = new HashMap<>();
        told.forEach((file, kind) -> kinds.put(path.apply(file), kind));
        return new Inventory(
                found,
                counts,
                named.stream()
                        .map(each -> new PassedOver(path.apply(each.path()), each.kind(), each.why(), each.files()))
                        .toList(),
                kinds,
                texts.stream().map(text -> text.at(path.apply(text.path()))).toList());
    }

    /** Returns this with listed files passed over; the number found stays the same. */
    public Inventory passing(List<PassedOver> more) {
        if (more.isEmpty()) {
            return this;
        }
        Map<Kind, Long> sums = new EnumMap<>(Kind.class);
        more.forEach(each -> sums.merge(each.kind(), each.files(), Long::sum));
        return plus(new Inventory(0, sums, more.subList(0, Math.min(more.size(), MOST_NAMED)), Map.of()));
    }

    /**
     * Returns this with files listed that were passed over; the number found stays the same.
     *
     * @param kind the kind under which each of them was counted
     */
    public Inventory listing(Kind kind, Set<String> paths) {
        if (paths.isEmpty()) {
            return this;
        }
        Map<Kind, Long> fewer = new EnumMap<>(Kind.class);
        fewer.putAll(counts);
        fewer.computeIfPresent(kind, (same, count) -> count > paths.size() ? count - paths.size() : null);
        List<PassedOver> rest =
                named.stream().filter(each -> !paths.contains(each.path())).toList();
        return new Inventory(found, fewer, rest, told, texts);
    }
}
