package dev.shoebox.backup.plan;

import dev.shoebox.backup.sidecar.Sidecar;
import dev.shoebox.photos.Kind;
import dev.shoebox.photos.LibraryAsset.Trait;
import dev.shoebox.photos.choice.AssetFilter;
import dev.shoebox.photos.choice.AssetFilter.Albums;
import dev.shoebox.photos.choice.AssetFilter.Bound;
import dev.shoebox.photos.choice.AssetFilter.Sizes;
import dev.shoebox.photos.choice.AssetFilter.Span;
import dev.shoebox.photos.choice.ResourceFilter;
import dev.shoebox.photos.source.Scope;
import org.junit.jupiter.api.Test;

import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Whether a selection is the default one is written out component by component, because the generated equals of records
 * slows the start. Each comparison must know every component.
 */
class EverythingTest {
    private static final Optional<Bound> EPOCH = Optional.of(Bound.of(Instant.EPOCH));

    /** @param others for each component, values other than the default */
    private static <T extends Record> void requireEvery(
            T everything, Predicate<T> isEverything, Map<String, List<Object>> others)
            throws ReflectiveOperationException {
        RecordComponent[] components = everything.getClass().getRecordComponents();
        assertEquals(
                Arrays.stream(components).map(RecordComponent::getName).collect(Collectors.toSet()), others.keySet());
        assertTrue(isEverything.test(everything));
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        for (int i = 0; i < components.length; i++) {
            for (Object other : others.get(components[i].getName())) {
                Object[] values = new Object[components.length];
                for (int k = 0; k < components.length; k++) {
                    values[k] = k == i ? other : components[k].getAccessor().invoke(everything);
                }
                @SuppressWarnings("unchecked")
                T different =
                        (T) everything.getClass().getDeclaredConstructor(types).newInstance(values);
                assertFalse(isEverything.test(different), different::toString);
            }
        }
    }

    @Test
    void aSelectionKnowsEveryComponent() throws ReflectiveOperationException {
        requireEvery(
                BackupSelection.EVERYTHING,
                BackupSelection::isEverything,
                Map.of(
                        "choice", List.of(AssetFilter.EVERYTHING.withTrashed()),
                        "parts", List.of(parts(ResourceFilter.Raw.RAW)),
                        "order", List.of(BackupSelection.Order.RESCUE, BackupSelection.Order.PHONE),
                        "scope", List.of(new Scope(true, false), new Scope(false, true)),
                        "sidecars", List.of(Optional.of(Sidecar.XMP)),
                        "thumbnails", List.of(false),
                        "named", List.of(Optional.of(Set.of()), Optional.of(Set.of("DCIM/100APPLE/IMG_0001.JPG")))));
    }

    private static ResourceFilter parts(ResourceFilter.Raw raw) {
        return new ResourceFilter(ResourceFilter.Live.BOTH, ResourceFilter.Edited.BOTH, raw);
    }

    @Test
    void aFilterKnowsEveryComponent() throws ReflectiveOperationException {
        requireEvery(
                AssetFilter.EVERYTHING,
                AssetFilter::isEverything,
                Map.of(
                        "taken",
                                List.of(
                                        new Span(EPOCH, Optional.empty(), ZoneOffset.UTC),
                                        new Span(Optional.empty(), EPOCH, ZoneOffset.UTC)),
                        "only", List.of(Set.of(Kind.VIDEO)),
                        "skip", List.of(Set.of(Kind.VIDEO)),
                        "albums",
                                List.of(new Albums(List.of("Trip"), List.of()), new Albums(List.of(), List.of("Trip"))),
                        "favourites", List.of(true),
                        "sizes", List.of(new Sizes(1, Long.MAX_VALUE), new Sizes(0, 1)),
                        "without", List.of(Set.of(), Set.of(Trait.TRASHED, Trait.HIDDEN))));
    }

    @Test
    void theFilesOfAnAssetKnowEveryComponent() throws ReflectiveOperationException {
        requireEvery(
                ResourceFilter.ALL,
                ResourceFilter::isAll,
                Map.of(
                        "live", List.of(ResourceFilter.Live.PHOTO, ResourceFilter.Live.VIDEO),
                        "edited", List.of(ResourceFilter.Edited.ORIGINAL, ResourceFilter.Edited.EDITED),
                        "raw", List.of(ResourceFilter.Raw.RAW, ResourceFilter.Raw.JPEG)));
    }

    @Test
    void aScopeKnowsEveryComponent() throws ReflectiveOperationException {
        requireEvery(Scope.USUAL, Scope::isUsual, Map.of("sharedAlbums", List.of(true), "previews", List.of(true)));
    }
}
