package dev.shoebox.backup.plan;

import dev.shoebox.backup.KnownBackups;
import dev.shoebox.backup.ScriptedSource;
import dev.shoebox.backup.event.BackupResult;
import dev.shoebox.backup.event.MissingOriginal;
import dev.shoebox.backup.event.Skipped;
import dev.shoebox.backup.plan.BackupSelection.Order;
import dev.shoebox.photos.Kind;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.LibraryAsset;
import dev.shoebox.photos.LibraryAsset.Trait;
import dev.shoebox.photos.LibraryAsset.Upload;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.Uploads;
import dev.shoebox.photos.choice.AssetFilter;
import dev.shoebox.photos.choice.AssetFilter.Albums;
import dev.shoebox.photos.choice.AssetFilter.Sizes;
import dev.shoebox.photos.choice.AssetFilter.Span;
import dev.shoebox.photos.choice.ResourceFilter;
import dev.shoebox.photos.source.Scope;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import static dev.shoebox.photos.LibraryAssets.photo;
import static dev.shoebox.photos.LibraryAssets.video;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What a run takes, skips and reports, and in which order, according to the phone's library. */
class StepFilterTest extends KnownBackups {
    private static final String EDIT = "PhotoData/Mutations/DCIM/100APPLE/IMG_0001/Adjustments/FullSizeRender.heic";
    private static final String CLOUD = "DCIM/100APPLE/IMG_0009.HEIC";
    private static final String STAND_IN = "PhotoData/Metadata/DCIM/100APPLE/IMG_0009.JPG";

    private static ScriptedSource source() {
        return new ScriptedSource()
                .with(STILL, "a still")
                .with(MOVING, "its moving half")
                .with(NEXT, "another");
    }

    private static AssetFilter choosing(Set<Trait> without) {
        return new AssetFilter(Span.EVER, Set.of(), Set.of(), Albums.ANY, false, Sizes.ANY, without);
    }

    @Test
    void photosInRecentlyDeletedAreSkippedWithoutFailure() throws IOException {
        Library library = library(photo(STILL).is(Trait.TRASHED), photo(NEXT));
        BackupResult report = run(source(), library);
        assertEquals(Set.of("2024/05/IMG_0002.JPG"), tree());
        assertEquals(List.of(), report.did().failures());
        assertEquals(new Skipped(0, 0, 1, 2, 0), report.leftOut());

        wanted = new BackupSelection(choosing(Set.of()), ResourceFilter.ALL, Order.AS_NEEDED, Scope.USUAL);
        assertEquals(2, run(source(), library).counts().copied());
    }

    @Test
    void hiddenPhotosAreCopiedUnlessExcluded() throws IOException {
        Library library = library(photo(STILL).is(Trait.HIDDEN), photo(NEXT));
        wanted = new BackupSelection(
                choosing(Set.of(Trait.HIDDEN, Trait.TRASHED)), ResourceFilter.ALL, Order.AS_NEEDED, Scope.USUAL);
        BackupResult report = run(source(), library);
        assertEquals(new Skipped(1, 2, 0, 0, 0), report.leftOut());
        assertEquals(Set.of("2024/05/IMG_0002.JPG"), tree());

        wanted = BackupSelection.EVERYTHING;
        assertEquals(2, run(source(), library).counts().copied());
    }

    /** As a user selects them on the page: one by one, each with all its files. */
    @Test
    void pickedPhotosAreCopiedWithAllTheirFiles() throws IOException {
        wanted = BackupSelection.picked(Set.of(STILL));
        BackupResult report =
                run(source(), library(photo(STILL), photo(NEXT), photo(CLOUD).original(Role.PHOTO, false, true, 9)));
        assertEquals(Set.of("2024/05/IMG_0001.HEIC", "2024/05/IMG_0001.MOV"), tree());
        assertEquals(new Skipped(1, 1, 0, 0, 0), report.leftOut());
        assertEquals(List.of(), report.absences());

        wanted = BackupSelection.EVERYTHING;
        assertEquals(
                1, run(source(), library(photo(STILL), photo(NEXT))).counts().copied());
    }

    @Test
    void pickedPhotosAreCopiedFromRecentlyDeletedToo() throws IOException {
        wanted = BackupSelection.picked(Set.of(NEXT));
        assertEquals(
                1,
                run(source(), library(photo(STILL), photo(NEXT).is(Trait.TRASHED)))
                        .counts()
                        .copied());
        assertEquals(Set.of("2024/05/IMG_0002.JPG"), tree());
    }

    @Test
    void photosUnknownToTheLibraryAreCopied() throws IOException {
        assertEquals(3, run(source(), library()).counts().copied());
    }

    @Test
    void aTrashedPhotoOfTheSameNameDoesNotConcernAnotherFile() throws IOException {
        BackupResult report =
                run(source(), library(photo("DCIM/100APPLE/IMG_0002.PNG").is(Trait.TRASHED)));
        assertEquals(3, report.counts().copied());
    }

    @Test
    void aTrashedStillDoesNotTakeTheFilmOfItsNameWithIt() throws IOException {
        run(source(), library(photo(STILL).is(Trait.TRASHED), video(MOVING)));
        assertEquals(Set.of("2024/05/IMG_0001.MOV", "2024/05/IMG_0002.JPG"), tree());
    }

    @Test
    void anOriginalOnlyInICloudIsReportedAndNoFailure() throws IOException {
        BackupResult report =
                run(source().with(STAND_IN, "small"), library(photo(CLOUD).original(Role.PHOTO, false, true, 1_234)));
        assertEquals(3, report.counts().copied());
        assertEquals(List.of(), report.did().failures());
        assertEquals(
                List.of(new MissingOriginal(CLOUD, List.of(Role.PHOTO), OptionalLong.of(1_234), false)),
                report.absences());
        assertTrue(report.absences().get(0).isPlaceholder());
    }

    @Test
    void anExistingFileOutranksALibraryThatLacksIt() throws IOException {
        BackupResult report = run(source(), library(photo(STILL).original(Role.PHOTO, false, true, 7)));
        assertEquals(List.of(), report.absences());
        assertEquals(3, report.counts().copied());
    }

    @Test
    void withoutWordThatICloudHasItNothingIsCalledAPlaceholder() throws IOException {
        BackupResult report = run(source(), library(photo(CLOUD).original(Role.PHOTO, false, false, 7)));
        assertEquals(List.of(), report.absences());
    }

    @Test
    void aHalfOnlyInICloudIsNamedAndTheOtherIsCopied() throws IOException {
        BackupResult report = run(
                source(),
                library(photo(NEXT)
                        .is(Trait.LIVE)
                        .original(Role.PHOTO, true, true, 7)
                        .original(Role.PAIRED_VIDEO, false, true, 99)));
        assertEquals(
                List.of(new MissingOriginal(NEXT, List.of(Role.PAIRED_VIDEO), OptionalLong.of(99), false)),
                report.absences());
        assertEquals(3, report.counts().copied());
    }

    @Test
    void aPreviewIsStoredUnderItsOwnNameAndTheOriginalAllTheSameWhenItComes() throws IOException {
        wanted = new BackupSelection(
                AssetFilter.EVERYTHING, ResourceFilter.ALL, Order.AS_NEEDED, new Scope(false, true));
        Library library =
                library(photo(CLOUD).created("2023-07-08T09:10:11Z").offset(0).original(Role.PHOTO, false, true, 5));
        ScriptedSource before =
                source().with(STAND_IN, "small").with("PhotoData/Metadata/DCIM/100APPLE/IMG_0002.JPG", "x");
        BackupResult report = run(before, library);
        assertEquals(4, report.counts().copied());
        assertTrue(tree().contains("2023/07/IMG_0009_preview.JPG"), tree().toString());
        assertEquals(4, run(before, library).counts().alreadyBackedUp());

        BackupResult later = run(source().with(STAND_IN, "small").with(CLOUD, "small"), library);
        assertEquals(1, later.counts().copied());
        assertEquals(List.of(), later.absences());
        assertTrue(tree().contains("2023/07/IMG_0009.HEIC"), tree().toString());
    }

    @Test
    void photosOnlyOnThePhoneComeFirstThenFavouritesThenTheNewest() throws IOException {
        ScriptedSource source = new ScriptedSource();
        for (int number = 1; number <= 6; number++) {
            source.with(path(number), "photo " + number);
        }
        Library library = library(
                photo(path(1)).created("2020-01-01T00:00:00Z").upload(Upload.UPLOADED),
                photo(path(2)).created("2021-01-01T00:00:00Z").upload(Upload.UPLOADED),
                photo(path(3))
                        .created("2019-01-01T00:00:00Z")
                        .upload(Upload.UPLOADED)
                        .is(Trait.FAVOURITE),
                photo(path(4)).created("2015-01-01T00:00:00Z").upload(Upload.NOT_UPLOADED),
                photo(path(5)).created("2016-01-01T00:00:00Z").upload(Upload.NOT_UPLOADED),
                photo(path(6)).created("2018-01-01T00:00:00Z").upload(Upload.PENDING));
        run(source, library);
        assertEquals(List.of(path(5), path(4), path(3), path(2), path(1), path(6)), source.order());
    }

    @Test
    void photosThatICloudRejectedComeFirstThenTheLongestWaiting() throws IOException {
        ScriptedSource source = new ScriptedSource();
        for (int number = 1; number <= 4; number++) {
            source.with(path(number), "photo " + number);
        }
        List<LibraryAsset> assets = List.of(
                photo(path(1)).upload(Upload.PENDING).build(),
                photo(path(2)).upload(Upload.UPLOADED).is(Trait.FAVOURITE).build(),
                photo(path(3)).upload(Upload.PENDING).build(),
                photo(path(4)).upload(Upload.REJECTED).build());
        Uploads uploads = new Uploads(
                true,
                Map.of(
                        path(1), Optional.of(Instant.parse("2024-05-02T00:00:00Z")),
                        path(3), Optional.of(Instant.parse("2024-05-01T00:00:00Z"))),
                Map.of(path(4), Set.of()));
        run(source, new Library(assets, uploads).withICloud(true));
        assertEquals(List.of(path(4), path(3), path(1), path(2)), source.order());
    }

    @Test
    void whereICloudIsUpToDateOrOffThePhoneIsReadAsItReadsBest() throws IOException {
        ScriptedSource source = new ScriptedSource().with(path(2), "b").with(path(1), "a");
        run(source, library(Optional.of(false), photo(path(1)).upload(Upload.NOT_UPLOADED)));
        assertEquals(List.of(path(2), path(1)), source.order());

        ScriptedSource synced = new ScriptedSource().with(path(4), "d").with(path(3), "c");
        run(synced, library(photo(path(3)).upload(Upload.UPLOADED)));
        assertEquals(List.of(path(4), path(3)), synced.order());
    }

    @Test
    void earlierFailuresComeBeforeRescues() throws IOException {
        run(new ScriptedSource().with(path(1), "one").unreadable(path(1), 99), Library.NONE);
        ScriptedSource source = new ScriptedSource().with(path(2), "two").with(path(1), "one");
        run(
                source,
                library(
                        photo(path(2)).upload(Upload.NOT_UPLOADED),
                        photo(path(1)).upload(Upload.UPLOADED)));
        assertEquals(List.of(path(1), path(2)), source.order());
    }

    @Test
    void onlyTheRequestedHalvesAreCopied() throws IOException {
        wanted = new BackupSelection(
                AssetFilter.EVERYTHING,
                new ResourceFilter(ResourceFilter.Live.PHOTO, ResourceFilter.Edited.BOTH, ResourceFilter.Raw.BOTH),
                Order.AS_NEEDED,
                Scope.USUAL);
        BackupResult report = run(source(), Library.NONE);
        assertEquals(Set.of("2024/05/IMG_0001.HEIC", "2024/05/IMG_0002.JPG"), tree());
        assertEquals(new Skipped(0, 1, 0, 0, 0), report.leftOut());

        wanted = BackupSelection.EVERYTHING;
        run(source(), Library.NONE);
        assertTrue(tree().contains("2024/05/IMG_0001.MOV"));
    }

    @Test
    void excludedFilesAreLaterStoredBesideTheRest() throws IOException {
        wanted = new BackupSelection(
                AssetFilter.EVERYTHING,
                new ResourceFilter(ResourceFilter.Live.VIDEO, ResourceFilter.Edited.EDITED, ResourceFilter.Raw.BOTH),
                Order.AS_NEEDED,
                Scope.USUAL);
        run(source().with(EDIT, "edited"), Library.NONE);
        assertEquals(Set.of("2024/05/IMG_0001.MOV", "2024/05/IMG_0002.JPG"), tree());

        wanted = BackupSelection.EVERYTHING;
        run(source().with(EDIT, "edited"), Library.NONE);
        assertEquals(
                Set.of(
                        "2024/05/IMG_0001.HEIC",
                        "2024/05/IMG_0001.MOV",
                        "2024/05/IMG_0001_edited.heic",
                        "2024/05/IMG_0002.JPG"),
                tree());
    }

    @Test
    void kindsThatAreExcludedAreCountedAndNeverBackedUp() throws IOException {
        wanted = new BackupSelection(
                new AssetFilter(
                        Span.EVER, Set.of(Kind.LIVE), Set.of(), Albums.ANY, false, Sizes.ANY, Set.of(Trait.TRASHED)),
                ResourceFilter.ALL,
                Order.AS_NEEDED,
                Scope.USUAL);
        BackupResult report = run(source(), Library.NONE);
        assertEquals(2, report.counts().copied());
        assertEquals(new Skipped(1, 1, 0, 0, 0), report.leftOut());
        assertEquals(0, report.counts().alreadyBackedUp());
    }

    private static String path(int number) {
        return "DCIM/100APPLE/IMG_%04d.JPG".formatted(number);
    }
}
