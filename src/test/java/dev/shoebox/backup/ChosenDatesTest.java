package dev.shoebox.backup;

import dev.shoebox.backup.event.DateSource;
import dev.shoebox.backup.plan.BackupSelection;
import dev.shoebox.coverage.AssetCoverage;
import dev.shoebox.coverage.Coverage;
import dev.shoebox.destination.Destination;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.choice.AssetFilter;
import dev.shoebox.photos.choice.ResourceFilter;
import dev.shoebox.photos.sorting.AssetGrouping;
import dev.shoebox.photos.source.Scope;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import static dev.shoebox.photos.LibraryAssets.photo;
import static dev.shoebox.photos.LibraryAssets.video;
import static dev.shoebox.photos.metadata.Crafted.ascii;
import static dev.shoebox.photos.metadata.Crafted.box;
import static dev.shoebox.photos.metadata.Crafted.concat;
import static dev.shoebox.photos.metadata.Crafted.exifSegment;
import static dev.shoebox.photos.metadata.Crafted.jpeg;
import static dev.shoebox.photos.metadata.Crafted.keys;
import static dev.shoebox.photos.metadata.Crafted.movieHeader;
import static dev.shoebox.photos.metadata.Crafted.tiff;
import static org.junit.jupiter.api.Assertions.assertEquals;

/**
 * Photos are selected by the date under which they are filed. All files of the scripted source date from noon on
 * 2024-05-01.
 */
class ChosenDatesTest extends KnownBackups {
    private static final AssetFilter UNTIL_1990 =
            between(Optional.empty(), Optional.of(LocalDateTime.of(1990, 1, 1, 0, 0)));

    private DateSource dates = DateSource.PHOTOS;

    private static AssetFilter between(Optional<LocalDateTime> since, Optional<LocalDateTime> before) {
        return new AssetFilter(
                new AssetFilter.Span(
                        since.map(AssetFilter.Bound::of), before.map(AssetFilter.Bound::of), ZoneOffset.UTC),
                Set.of(),
                Set.of(),
                AssetFilter.Albums.ANY,
                false,
                AssetFilter.Sizes.ANY,
                Set.of());
    }

    private static byte[] exif(String local) {
        return jpeg(exifSegment(tiff().original(local).build()));
    }

    /** The files that a backup copies; the dry run and the other commands must select the same. */
    private Set<String> chosen(AssetFilter choice, ScriptedSource source, Library library) throws IOException {
        wanted = new BackupSelection(choice, ResourceFilter.ALL, BackupSelection.Order.AS_NEEDED, Scope.USUAL);
        Set<String> planned = new TreeSet<>();
        try (Destination destination = open()) {
            new Backup(
                            source,
                            destination,
                            (listing, insist) -> library,
                            options(),
                            InstantSource.system(),
                            events::add)
                    .preview()
                    .forEach(copy -> planned.add(copy.path()));
        }
        var selection = new AssetSelection(
                choice, source, library, new AssetSelection.Dating(ZoneId.of("UTC"), Instant.now(), dates));
        Set<String> listed = new TreeSet<>();
        for (Asset asset : selection.of(AssetGrouping.group(source.list()))) {
            asset.resources().forEach(resource -> listed.add(resource.file().name()));
        }
        run(source, library);
        Set<String> tree = tree();
        Set<String> names = new TreeSet<>();
        tree.forEach(path -> names.add(path.substring(path.lastIndexOf('/') + 1)));
        assertEquals(names, listed);
        assertEquals(tree, planned);
        return tree;
    }

    @Override
    Backup.Options options() {
        Backup.Options usual = super.options();
        return new Backup.Options(
                usual.layout(),
                usual.zone(),
                usual.persistence(),
                usual.bytesPerSecond(),
                usual.proving().verify(),
                usual.wanted(),
                dates);
    }

    @Test
    void byTheDatesOfFiles() throws IOException {
        assertEquals(
                Set.of("1985/07/IMG_0001.JPG"),
                chosen(
                        UNTIL_1990,
                        new ScriptedSource()
                                .with("DCIM/100APPLE/IMG_0001.JPG", exif("1985:07:14 12:15:00"))
                                .with("DCIM/100APPLE/IMG_0002.JPG", exif("2023:07:14 12:15:00")),
                        Library.NONE));
    }

    @Test
    void byCorrectedDates() throws IOException {
        assertEquals(Set.of("1985/07/IMG_0001.HEIC"), chosen(UNTIL_1990, scanned(), corrected()));
    }

    @Test
    void byTheCameraWhereItsDatesAreWanted() throws IOException {
        dates = DateSource.CAMERA;
        assertEquals(Set.of("1988/08/IMG_0002.JPG"), chosen(UNTIL_1990, scanned(), corrected()));
    }

    @Test
    void byTheHeaderOfAFilmToo() throws IOException {
        dates = DateSource.CAMERA;
        String path = "DCIM/100APPLE/IMG_0003.MOV";
        byte[] film = concat(box("ftyp", ascii("qt  ")), box("moov", movieHeader(2_650_000_000L)));
        assertEquals(
                Set.of("1987/12/IMG_0003.MOV"),
                chosen(
                        UNTIL_1990,
                        new ScriptedSource().with(path, film),
                        library(video(path).created("2020-01-01T10:00:00Z").offset(1))));
    }

    private static ScriptedSource scanned() {
        return new ScriptedSource().with(STILL, exif("2024:05:05 11:00:00")).with(NEXT, exif("1988:08:08 08:08:08"));
    }

    private static Library corrected() {
        return library(
                photo(STILL).created("1985-07-14T10:15:00Z").offset(2),
                photo(NEXT).created("2020-01-01T10:00:00Z").offset(1));
    }

    @Test
    void byTheLocalTimeOfTheShotWhereTheLibraryKnowsOnlyItsMoment() throws IOException {
        // Half past eight on January 1 in Tokyo is still December 31 in UTC.
        assertEquals(
                Set.of("2024/01/IMG_0001.HEIC"),
                chosen(
                        between(Optional.of(LocalDateTime.of(2024, 1, 1, 0, 0)), Optional.empty()),
                        new ScriptedSource()
                                .with(STILL, exif("2024:01:01 08:30:00"))
                                .with(NEXT, exif("2023:12:31 23:30:00")),
                        library(
                                photo(STILL).created("2023-12-31T23:30:00Z"),
                                photo(NEXT).created("2024-01-01T04:30:00Z"))));
    }

    @Test
    void aDateAfterTomorrowOrOfAClockThatWasNeverSetCountsForNothing() throws IOException {
        assertEquals(
                Set.of("2024/05/IMG_0001.HEIC", "2024/05/IMG_0002.JPG"),
                chosen(
                        between(Optional.empty(), Optional.of(LocalDateTime.of(2025, 1, 1, 0, 0))),
                        new ScriptedSource().with(STILL, "says nothing").with(NEXT, "nothing either"),
                        library(
                                photo(STILL).created("2099-01-01T12:00:00Z").offset(0),
                                photo(NEXT).created("1970-01-01T00:00:00Z").offset(0))));
    }

    @Test
    void aFilmOfAnotherShotIsChosenByItsOwnDate() throws IOException {
        byte[] film = concat(
                box("ftyp", ascii("qt  ")),
                box("moov", keys("com.apple.quicktime.creationdate", "2019-08-01T12:00:00+0000")));
        assertEquals(
                Set.of("1985/07/IMG_0001.HEIC"),
                chosen(
                        UNTIL_1990,
                        new ScriptedSource()
                                .with(STILL, exif("1985:07:14 12:15:00"))
                                .with(MOVING, film),
                        Library.NONE));
    }

    @Test
    void coverageUsesTheSameDatesAndRefusals() throws IOException {
        String named = "DCIM/100APPLE/IMG_20150203_101112.JPG";
        String gone = "DCIM/100APPLE/IMG_0009.HEIC";
        ScriptedSource source =
                new ScriptedSource().with(STILL, exif("2024:01:01 08:30:00")).with(named, "says nothing");
        Library library = library(
                photo(STILL).created("2023-12-31T23:30:00Z").offset(9),
                photo(named).created("1970-01-01T00:00:00Z"),
                photo(gone).created("2099-01-01T00:00:00Z"));
        var selection = new AssetSelection(
                AssetFilter.EVERYTHING,
                source,
                library,
                new AssetSelection.Dating(ZoneId.of("UTC"), Instant.now(), dates));
        Set<String> told = new TreeSet<>();
        for (AssetCoverage covered : Coverage.of(source.list(), library)) {
            told.add(covered.path() + " "
                    + selection.taken(covered).map(Object::toString).orElse("unknown"));
        }
        assertEquals(Set.of(STILL + " 2024-01-01T08:30", named + " 2015-02-03T10:11:12", gone + " unknown"), told);
    }
}
