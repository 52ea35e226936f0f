package dev.shoebox.destination.naming;

import dev.shoebox.destination.disk.Names;
import dev.shoebox.destination.records.Catalogue.Known;
import dev.shoebox.destination.records.Kept;
import dev.shoebox.photos.Asset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Places that were assigned and are not catalogued yet. */
final class PendingPlaces {
    /** By folded path, because folders that differ only in case are the same on many disks. */
    private final Map<String, Kept> byPath = new HashMap<>();

    private final Map<String, List<Kept>> byContent = new HashMap<>();
    private final Map<String, List<Kept>> byStem = new HashMap<>();
    private final Map<String, List<Known>> byAsset = new HashMap<>();

    void add(Kept kept) {
        byPath.put(Names.fold(kept.path()), kept);
        byContent.computeIfAbsent(kept.sha256(), key -> new ArrayList<>()).add(kept);
        byStem.computeIfAbsent(Names.fold(kept.stem()), key -> new ArrayList<>())
                .add(kept);
    }

    /** Adds a file of an asset, wherever its bytes are stored. */
    void add(Asset asset, Known known) {
        byAsset.computeIfAbsent(asset.key(), key -> new ArrayList<>()).add(known);
    }

    Optional<Kept> at(String path) {
        return Optional.ofNullable(byPath.get(Names.fold(path)));
    }

    List<Kept> withContent(String sha256) {
        return byContent.getOrDefault(sha256, List.of());
    }

    List<Kept> withStem(String foldedStem) {
        return byStem.getOrDefault(foldedStem, List.of());
    }

    List<Known> of(Asset asset) {
        return byAsset.getOrDefault(asset.key(), List.of());
    }

    /** Removes a place that was not used after all. */
    void remove(String path) {
        byPath.remove(Names.fold(path));
        byContent.values().forEach(all -> all.removeIf(kept -> kept.path().equals(path)));
        byStem.values().forEach(all -> all.removeIf(kept -> kept.path().equals(path)));
        byStem.values().removeIf(List::isEmpty);
        byAsset.values()
                .forEach(all -> all.removeIf(known -> known.kept().path().equals(path)));
    }

    void clear() {
        byPath.clear();
        byContent.clear();
        byStem.clear();
        byAsset.clear();
    }
}
