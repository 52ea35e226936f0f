package dev.shoebox.photos.source;

import dev.shoebox.photos.format.FileKind;
import dev.shoebox.photos.source.PassedOver.Kind;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * All that a source was seen to hold.
 *
 * @param found how many files were met, counted before anything was decided about them; a folder that could not be listed
 *     counts as one
 * @param counts how many files were passed over, by kind
 * @param named what was passed over, at most {@link #MOST_NAMED} of it; the counts are of all
 * @param told what files are whose names do not tell, by their content; by path
 * @param texts JSON and CSV files, listed or passed over: an export tells in them of its photos
 */
public record Inventory(
        long found, Map<Kind, Long> counts, List<PassedOver> named, Map<String, FileKind> told, List<MediaFile> texts) {
    /** So many are named; of more, the number. */
    public static final int MOST_NAMED = 20_000;

    /** Of a source that holds nothing. */
    public static final Inventory NOTHING = of(0);

    public Inventory {
        counts = Map.copyOf(counts);
        named = List.copyOf(named);
        told = Map.copyOf(told);
        texts = List.copyOf(texts);
    }

    /** Without texts. */
    public Inventory(long found, Map<Kind, Long> counts, List<PassedOver> named, Map<String, FileKind> told) {
        this(found, counts, named, told, List.of());
    }

    /** Of a source of which everything is listed. */
    static Inventory of(long found) {
        return new Inventory(found, Map.of(), List.of(), Map.of());
    }

    /** How many files were passed over. */
    public long passedOver() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** How many of these a system or a program made for itself. */
    public long clutter() {
        return counts.entrySet().stream()
                .filter(count -> count.getKey().isClutter())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Whether something was passed over in which photos may be. */
    public boolean mayHoldMore() {
        return counts.keySet().stream().anyMatch(Kind::mayHoldPhotos);
    }

    /** How many of these are not named. */
    public long unnamed() {
        return passedOver() - named.stream().mapToLong(PassedOver::files).sum();
    }

    /** This and what another part of the same source holds. */
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

    /** The same where its files are called otherwise, because the source is a part of another. */
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

    /** With files passed over that were listed: what was found stays the same. */
    public Inventory passing(List<PassedOver> more) {
        if (more.isEmpty()) {
            return this;
        }
        Map<Kind, Long> sums = new EnumMap<>(Kind.class);
        more.forEach(each -> sums.merge(each.kind(), each.files(), Long::sum));
        return plus(new Inventory(0, sums, more.subList(0, Math.min(more.size(), MOST_NAMED)), Map.of()));
    }
}
