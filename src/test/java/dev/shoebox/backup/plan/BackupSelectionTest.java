package dev.shoebox.backup.plan;

import dev.shoebox.backup.plan.BackupSelection.Order;
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

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Only a selection that neither restricts nor adds anything counts as everything. */
class BackupSelectionTest {
    private static final Set<Trait> USUAL = Set.of(Trait.TRASHED);

    @Test
    void aSelectionWithoutConditionsIsEverything() {
        assertTrue(BackupSelection.EVERYTHING.isEverything());
        assertTrue(of(filter(new Span(Optional.empty(), Optional.empty(), ZoneOffset.MAX)))
                .isEverything());
    }

    @Test
    void eachConditionAloneIsLessThanEverything() {
        Optional<Bound> bound = Optional.of(Bound.of(Instant.EPOCH));
        Stream.of(
                        filter(new Span(bound, Optional.empty(), ZoneOffset.UTC)),
                        filter(new Span(Optional.empty(), bound, ZoneOffset.UTC)),
                        new AssetFilter(Span.EVER, Set.of(Kind.PHOTO), Set.of(), Albums.ANY, false, Sizes.ANY, USUAL),
                        new AssetFilter(Span.EVER, Set.of(), Set.of(Kind.PHOTO), Albums.ANY, false, Sizes.ANY, USUAL),
                        filter(new Albums(List.of("Rome"), List.of())),
                        filter(new Albums(List.of(), List.of("Rome"))),
                        new AssetFilter(Span.EVER, Set.of(), Set.of(), Albums.ANY, true, Sizes.ANY, USUAL),
                        filter(new Sizes(1, Long.MAX_VALUE)),
                        filter(new Sizes(0, 1)),
                        AssetFilter.EVERYTHING.withTrashed(),
                        new AssetFilter(
                                Span.EVER,
                                Set.of(),
                                Set.of(),
                                Albums.ANY,
                                false,
                                Sizes.ANY,
                                Set.of(Trait.TRASHED, Trait.HIDDEN)))
                .forEach(choice -> {
                    assertFalse(choice.isEverything(), choice::toString);
                    assertFalse(of(choice).isEverything(), choice::toString);
                });
    }

    @Test
    void whateverElseIsAskedForIsAnotherSelection() {
        AssetFilter all = AssetFilter.EVERYTHING;
        ResourceFilter parts = ResourceFilter.ALL;
        Stream.of(
                        new ResourceFilter(ResourceFilter.Live.PHOTO, parts.edited(), parts.raw()),
                        new ResourceFilter(parts.live(), ResourceFilter.Edited.EDITED, parts.raw()),
                        new ResourceFilter(parts.live(), parts.edited(), ResourceFilter.Raw.RAW))
                .map(some -> new BackupSelection(all, some, Order.AS_NEEDED, Scope.USUAL))
                .forEach(some -> assertFalse(some.isEverything(), some::toString));
        assertFalse(new BackupSelection(all, parts, Order.PHONE, Scope.USUAL).isEverything());
        assertFalse(new BackupSelection(all, parts, Order.AS_NEEDED, new Scope(true, false)).isEverything());
        assertFalse(new BackupSelection(all, parts, Order.AS_NEEDED, new Scope(false, true)).isEverything());
        assertFalse(BackupSelection.EVERYTHING.withoutThumbnails().isEverything());
        assertFalse(
                BackupSelection.picked(Set.of("DCIM/100APPLE/IMG_0001.HEIC")).isEverything());
    }

    private static BackupSelection of(AssetFilter choice) {
        return new BackupSelection(choice, ResourceFilter.ALL, Order.AS_NEEDED, Scope.USUAL);
    }

    private static AssetFilter filter(Span taken) {
        return new AssetFilter(taken, Set.of(), Set.of(), Albums.ANY, false, Sizes.ANY, USUAL);
    }

    private static AssetFilter filter(Albums albums) {
        return new AssetFilter(Span.EVER, Set.of(), Set.of(), albums, false, Sizes.ANY, USUAL);
    }

    private static AssetFilter filter(Sizes sizes) {
        return new AssetFilter(Span.EVER, Set.of(), Set.of(), Albums.ANY, false, sizes, USUAL);
    }
}
