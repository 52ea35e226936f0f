package dev.shoebox.photos.choice;

import dev.shoebox.photos.Asset;
import dev.shoebox.photos.Kind;
import dev.shoebox.photos.LibraryAsset;
import dev.shoebox.photos.LibraryAsset.Trait;
import dev.shoebox.photos.LibraryAssets;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.choice.AssetFilter.Albums;
import dev.shoebox.photos.choice.AssetFilter.Bound;
import dev.shoebox.photos.choice.AssetFilter.Sizes;
import dev.shoebox.photos.choice.AssetFilter.Span;
import dev.shoebox.photos.choice.AssetFilter.Verdict;
import dev.shoebox.photos.sorting.AssetGrouping;
import dev.shoebox.photos.source.MediaFile;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static dev.shoebox.photos.LibraryAssets.photo;
import static dev.shoebox.photos.LibraryAssets.video;
import static org.junit.jupiter.api.Assertions.assertEquals;

class AssetFilterTest {
    private static final String PATH = "DCIM/100APPLE/IMG_0001.HEIC";
    private static final ZoneId ZONE = ZoneOffset.ofHours(2);

    /** A candidate with files of ten bytes, all of 2024-05-01T12:00Z. */
    private static FilterSubject files(Optional<LibraryAsset> known, String... paths) {
        Instant noon = Instant.parse("2024-05-01T12:00:00Z");
        List<Asset> assets = AssetGrouping.group(Arrays.stream(paths)
                .map(path -> new MediaFile(path, 10, noon, Optional.empty()))
                .toList());
        assertEquals(1, assets.size());
        return known.map(says -> FilterSubject.of(assets.get(0), says, ZONE))
                .orElseGet(() -> FilterSubject.of(assets.get(0), ZONE));
    }

    private static FilterSubject known(LibraryAssets asset) {
        return files(Optional.of(asset.build()), PATH);
    }

    private static Verdict of(Kind kind, FilterSubject candidate) {
        return new AssetFilter(Span.EVER, Set.of(kind), Set.of(), Albums.ANY, false, Sizes.ANY, Set.of())
                .judge(candidate);
    }

    private static Verdict span(Optional<Bound> since, Optional<Bound> before, FilterSubject candidate) {
        return new AssetFilter(
                        new Span(since, before, ZONE), Set.of(), Set.of(), Albums.ANY, false, Sizes.ANY, Set.of())
                .judge(candidate);
    }

    private static Verdict albums(List<String> in, List<String> out, FilterSubject candidate) {
        return new AssetFilter(Span.EVER, Set.of(), Set.of(), new Albums(in, out), false, Sizes.ANY, Set.of())
                .judge(candidate);
    }

    @Test
    void everythingButRecentlyDeletedIsChosenByDefault() {
        assertEquals(Verdict.CHOSEN, AssetFilter.EVERYTHING.judge(files(Optional.empty(), PATH)));
        assertEquals(
                Verdict.CHOSEN, AssetFilter.EVERYTHING.judge(known(photo(PATH).is(Trait.HIDDEN))));
        assertEquals(
                Verdict.TRASHED, AssetFilter.EVERYTHING.judge(known(photo(PATH).is(Trait.TRASHED))));
    }

    @Test
    void aLivePhotoIsLiveAndAPhotoAndNoVideo() {
        FilterSubject live = files(Optional.empty(), PATH, "DCIM/100APPLE/IMG_0001.MOV");
        assertEquals(Set.of(Kind.PHOTO, Kind.LIVE), live.kinds());
        assertEquals(Verdict.CHOSEN, of(Kind.PHOTO, live));
        assertEquals(Verdict.LEFT_OUT, of(Kind.VIDEO, live));
    }

    @Test
    void kindsFollowFromFilesWithoutALibrary() {
        assertEquals(
                Set.of(Kind.PHOTO, Kind.SCREENSHOT),
                files(Optional.empty(), "DCIM/100APPLE/IMG_0005.PNG").kinds());
        assertEquals(
                Set.of(Kind.VIDEO, Kind.SCREEN_RECORDING),
                files(Optional.empty(), "DCIM/100APPLE/RPReplay_Final1700000000.MP4")
                        .kinds());
        assertEquals(
                Set.of(Kind.PHOTO, Kind.RAW),
                files(Optional.empty(), "DCIM/100APPLE/IMG_0006.DNG", "DCIM/100APPLE/IMG_0006.JPG")
                        .kinds());
        assertEquals(
                Set.of(Kind.PHOTO, Kind.EDITED),
                files(
                                Optional.empty(),
                                PATH,
                                "PhotoData/Mutations/DCIM/100APPLE/IMG_0001/Adjustments/FullSizeRender.jpg")
                        .kinds());
    }

    @Test
    void theLibraryOutranksANameThatLooksLikeAScreenshot() {
        String path = "DCIM/100APPLE/IMG_0005.PNG";
        assertEquals(
                Set.of(Kind.PHOTO),
                files(Optional.of(photo(path).build()), path).kinds());
        assertEquals(
                Set.of(Kind.PHOTO, Kind.SCREENSHOT, Kind.BURST, Kind.EDITED),
                files(
                                Optional.of(photo(path)
                                        .is(Trait.SCREENSHOT, Trait.BURST, Trait.ADJUSTED)
                                        .build()),
                                path)
                        .kinds());
    }

    @Test
    void theLibrarysFactsAboutAnotherFileAreIgnored() {
        FilterSubject other = files(
                Optional.of(
                        photo("DCIM/100APPLE/IMG_0001.PNG").is(Trait.TRASHED).build()),
                PATH);
        assertEquals(Optional.empty(), other.known());
        assertEquals(Verdict.CHOSEN, AssetFilter.EVERYTHING.judge(other));
    }

    @Test
    void daysAreThoseOfTheClockOnTheWall() {
        // 22:30 in Greenwich on the 30th was the 1st at the place.
        FilterSubject taken = known(photo(PATH).created("2024-04-30T22:30:00Z").offset(2));
        Optional<Bound> may = Optional.of(Bound.of(LocalDateTime.parse("2024-05-01T00:00")));
        assertEquals(Verdict.CHOSEN, span(may, Optional.empty(), taken));
        assertEquals(Verdict.LEFT_OUT, span(Optional.empty(), may, taken));
    }

    @Test
    void anInstantIsComparedAsOne() {
        FilterSubject taken = known(photo(PATH).created("2024-04-30T22:30:00Z").offset(2));
        Optional<Bound> same = Optional.of(Bound.of(Instant.parse("2024-04-30T22:30:00Z")));
        Optional<Bound> later = Optional.of(Bound.of(Instant.parse("2024-04-30T22:30:01Z")));
        assertEquals(Verdict.CHOSEN, span(same, later, taken));
        assertEquals(Verdict.LEFT_OUT, span(later, Optional.empty(), taken));
        assertEquals(Verdict.LEFT_OUT, span(Optional.empty(), same, taken));
    }

    @Test
    void withoutALibraryTheFilesTimeDecides() {
        Optional<Bound> afternoon = Optional.of(Bound.of(LocalDateTime.parse("2024-05-01T13:59")));
        assertEquals(Verdict.CHOSEN, span(afternoon, Optional.empty(), files(Optional.empty(), PATH)));
    }

    @Test
    void anAlbumIsFoundByItsNameItsFolderOrBoth() {
        FilterSubject oslo = known(photo(PATH).in("Travel/Oslo"));
        for (String name : List.of("Oslo", "oslo", "Travel", "Travel/Oslo")) {
            assertEquals(Verdict.CHOSEN, albums(List.of(name), List.of(), oslo), name);
            assertEquals(Verdict.LEFT_OUT, albums(List.of(), List.of(name), oslo), name);
        }
        assertEquals(Verdict.LEFT_OUT, albums(List.of("Osl"), List.of(), oslo));
        assertEquals(Verdict.CHOSEN, albums(List.of("Rome", "Oslo"), List.of(), oslo));
        assertEquals(Verdict.LEFT_OUT, albums(List.of("Rome"), List.of(), files(Optional.empty(), PATH)));
    }

    @Test
    void favouritesAreThoseOfTheLibrary() {
        var favourites =
                new AssetFilter(Span.EVER, Set.of(), Set.of(), Albums.ANY, true, Sizes.ANY, Set.of(Trait.TRASHED));
        assertEquals(Verdict.CHOSEN, favourites.judge(known(photo(PATH).is(Trait.FAVOURITE))));
        assertEquals(Verdict.LEFT_OUT, favourites.judge(known(photo(PATH))));
        assertEquals(Verdict.LEFT_OUT, favourites.judge(files(Optional.empty(), PATH)));
    }

    @Test
    void sizesAreThoseOfAllFilesTogether() {
        FilterSubject twenty = files(Optional.empty(), PATH, "DCIM/100APPLE/IMG_0001.MOV");
        assertEquals(Verdict.CHOSEN, sized(20, 20).judge(twenty));
        assertEquals(Verdict.LEFT_OUT, sized(21, 99).judge(twenty));
        assertEquals(Verdict.LEFT_OUT, sized(0, 19).judge(twenty));
    }

    @Test
    void photosOnlyInICloudAreSelectedByTheLibrary() {
        FilterSubject film = FilterSubject.of(
                video("DCIM/100APPLE/IMG_0002.MOV")
                        .original(Role.VIDEO, false, true, 500)
                        .build(),
                ZONE,
                Instant.parse("2026-01-01T00:00:00Z"));
        assertEquals(Verdict.CHOSEN, of(Kind.VIDEO, film));
        assertEquals(Verdict.CHOSEN, sized(500, 500).judge(film));
        assertEquals(Verdict.LEFT_OUT, sized(501, 900).judge(film));
    }

    private static AssetFilter sized(long least, long most) {
        return new AssetFilter(Span.EVER, Set.of(), Set.of(), Albums.ANY, false, new Sizes(least, most), Set.of());
    }

    @Test
    void aSpanWithoutABoundIsTheSameInEveryZone() {
        assertEquals(
                AssetFilter.Span.EVER,
                new AssetFilter.Span(Optional.empty(), Optional.empty(), ZoneId.of("Asia/Tokyo")));
    }
}
