package dev.shoebox.backup.plan;

import dev.shoebox.photos.Asset;
import dev.shoebox.photos.sorting.AssetGrouping;
import dev.shoebox.photos.source.MediaFile;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import static org.junit.jupiter.api.Assertions.assertEquals;

class LiveHalvesTest {
    private final List<String> lookedInto = new ArrayList<>();

    private static List<Asset> assets(Set<String> paths) {
        return AssetGrouping.group(new TreeSet<>(paths)
                .stream()
                        .map(path -> new MediaFile(path, 1, Instant.EPOCH, Optional.empty()))
                        .toList());
    }

    private static Set<String> texts(List<Asset> assets) {
        Set<String> texts = new TreeSet<>();
        for (Asset asset : assets) {
            List<String> parts = asset.resources().stream()
                    .map(resource -> resource.role() + " " + resource.file().path())
                    .toList();
            texts.add(String.join(", ", parts));
        }
        return texts;
    }

    /** @param ties the content of each file */
    private Set<String> together(Map<String, String> ties) throws IOException {
        return together(ties, ties.keySet());
    }

    private Set<String> together(Map<String, String> ties, Set<String> wanted) throws IOException {
        LiveHalves halves = new LiveHalves(resource -> {
            lookedInto.add(resource.file().path());
            return Optional.of(ties.get(resource.file().path())).filter(tie -> !tie.isEmpty());
        });
        return texts(halves.together(assets(ties.keySet()), wanted));
    }

    @Test
    void swappedHalvesAreBroughtTogether() throws IOException {
        assertEquals(
                Set.of(
                        "PHOTO a/IMG_1.HEIC, PAIRED_VIDEO a/IMG_1(1).MOV",
                        "PHOTO a/IMG_1(1).HEIC, PAIRED_VIDEO a/IMG_1.MOV"),
                together(Map.of(
                        "a/IMG_1.HEIC", "A",
                        "a/IMG_1(1).HEIC", "B",
                        "a/IMG_1.MOV", "B",
                        "a/IMG_1(1).MOV", "A")));
    }

    @Test
    void aFilmOfAnotherNumberFindsItsStill() throws IOException {
        assertEquals(
                Set.of("PHOTO IMG_0861.HEIC, PAIRED_VIDEO IMG_0861-1.MOV", "VIDEO IMG_0861.MOV"),
                together(Map.of("IMG_0861.HEIC", "A", "IMG_0861.MOV", "", "IMG_0861-1.MOV", "A")));
        assertEquals(
                Set.of("PHOTO IMG_2.HEIC, PAIRED_VIDEO IMG_2(1).MP4"),
                together(Map.of("IMG_2.HEIC", "A", "IMG_2(1).MP4", "A")));
    }

    @Test
    void correctPairsStay() throws IOException {
        Map<String, String> right = Map.of(
                "IMG_1.HEIC", "A", "IMG_1.MOV", "A", "IMG_1(1).HEIC", "B", "IMG_1(1).MOV", "B", "IMG_1(2).MOV", "C");
        assertEquals(texts(assets(right.keySet())), together(right));
        Map<String, String> untied = Map.of("IMG_1.HEIC", "", "IMG_1.MOV", "", "IMG_1(1).MOV", "");
        assertEquals(texts(assets(untied.keySet())), together(untied));
    }

    @Test
    void nothingIsLookedIntoWhereNamesDoNotMislead() throws IOException {
        Map<String, String> clear = Map.of(
                "a/IMG_1.HEIC", "A", "a/IMG_1.MOV", "A", "b/IMG_1(1).MOV", "A", "DSC-001.jpg", "", "DSC-002.jpg", "");
        assertEquals(texts(assets(clear.keySet())), together(clear));
        assertEquals(List.of(), lookedInto);
        Map<String, String> known = Map.of("IMG_1.HEIC", "A", "IMG_1(1).MOV", "A");
        assertEquals(texts(assets(known.keySet())), together(known, Set.of()));
        assertEquals(List.of(), lookedInto);
    }

    @Test
    void noFileIsLostOrDoubled() throws IOException {
        Map<String, String> ties = Map.of(
                "IMG_1.HEIC", "A",
                "IMG_1.MOV", "C",
                "IMG_1-edited.HEIC", "",
                "IMG_1(1).HEIC", "B",
                "IMG_1(1).MOV", "A",
                "IMG_1(2).HEIC", "C",
                "IMG_1(2).MOV", "A");
        LiveHalves halves =
                new LiveHalves(resource -> Optional.of(ties.get(resource.file().path())));
        List<String> paths = new ArrayList<>();
        halves.together(assets(ties.keySet()), ties.keySet()).forEach(asset -> asset.resources()
                .forEach(resource -> paths.add(resource.file().path())));
        assertEquals(ties.size(), paths.size());
        assertEquals(ties.keySet(), new HashSet<>(paths));
    }
}
