package dev.shoebox.backup.plan;

import dev.shoebox.backup.plan.Planner.Plan;
import dev.shoebox.destination.records.StoredFile;
import dev.shoebox.destination.records.run.FailedFile;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.source.MediaFile;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class PlannerTest {
    private static final Instant NOON = Instant.parse("2024-05-01T12:00:00.123456789Z");

    @Test
    void aFileTheCatalogueKnowsIsNotReadAgain() {
        MediaFile file = file("DCIM/100APPLE/IMG_0001.HEIC", 10, NOON);
        Plan plan = plan(List.of(asset(file)), List.of(stored(file)));
        assertEquals(List.of(), plan.steps());
        assertEquals(1, plan.alreadyBackedUp());
    }

    @Test
    void anotherSizeOrTimeUnderTheSamePathIsAnotherPhoto() {
        MediaFile now = file("DCIM/100APPLE/IMG_0001.HEIC", 10, NOON);
        MediaFile otherSize = file(now.path(), 11, NOON);
        MediaFile otherTime = file(now.path(), 10, NOON.plusNanos(1));
        MediaFile otherBirth = new MediaFile(now.path(), 10, NOON, Optional.of(NOON));
        Plan plan = plan(List.of(asset(now)), List.of(stored(otherSize), stored(otherTime), stored(otherBirth)));
        assertEquals(1, plan.steps().size());
        assertEquals(0, plan.alreadyBackedUp());
    }

    @Test
    void oneOfSeveralVersionsUnderAPathIsRecognised() {
        MediaFile now = file("DCIM/100APPLE/IMG_0001.HEIC", 10, NOON);
        MediaFile before = file(now.path(), 9, NOON);
        MediaFile later = file(now.path(), 12, NOON);
        Plan plan = plan(List.of(asset(now)), List.of(stored(before), stored(now), stored(later)));
        assertEquals(1, plan.alreadyBackedUp());
    }

    @Test
    void onlyTheMissingFilesOfAnAssetAreRead() {
        MediaFile photo = file("DCIM/100APPLE/IMG_0001.HEIC", 10, NOON);
        MediaFile live = file("DCIM/100APPLE/IMG_0001.MOV", 20, NOON);
        Asset asset = new Asset(
                "DCIM/100APPLE/IMG_0001",
                "IMG_0001",
                List.of(new Resource(photo, Role.PHOTO), new Resource(live, Role.PAIRED_VIDEO)));
        Plan plan = plan(List.of(asset), List.of(stored(photo)));
        assertEquals(List.of(new Planner.Step(asset, List.of(new Resource(live, Role.PAIRED_VIDEO)))), plan.steps());
        assertEquals(20, plan.steps().get(0).bytes());
    }

    @Test
    void aCopyThatIsGoneFromTheDiskIsReadAgainAndNamed() {
        MediaFile file = file("DCIM/100APPLE/IMG_0001.HEIC", 10, NOON);
        Plan plan = Planner.plan(
                List.of(asset(file)),
                List.of(),
                List.of(stored(file)).iterator(),
                row -> false,
                row -> false,
                List.of());
        assertEquals(1, plan.steps().size());
        assertEquals(List.of(stored(file)), plan.vanished());
    }

    @Test
    void pathsWithOneHashAreDistinguished() {
        String[] alike = {"AaAa", "AaBB", "BBAa", "BBBB"};
        List<Asset> assets = new ArrayList<>();
        for (String name : alike) {
            assets.add(asset(file("DCIM/" + name + ".JPG", 10, NOON)));
        }
        Plan plan = plan(
                assets,
                List.of(
                        stored(file("DCIM/BBAa.JPG", 10, NOON)),
                        stored(file("DCIM/AaAa.JPG", 11, NOON)),
                        stored(file("DCIM/BBBB.JPG", 10, NOON))));
        assertEquals(
                List.of("AaAa", "AaBB"),
                plan.steps().stream().map(step -> step.asset().name()).toList());
    }

    @Test
    void rowsOfUnlistedFilesDoNotCountAsCopies() {
        MediaFile file = file("DCIM/100APPLE/IMG_0001.HEIC", 10, NOON);
        assertEquals(0, plan(List.of(), List.of(stored(file))).alreadyBackedUp());
    }

    @Test
    void aHundredThousandKnownFilesAllMatch() {
        List<Asset> assets = new ArrayList<>();
        List<StoredFile> rows = new ArrayList<>();
        for (int number = 0; number < 100_000; number++) {
            MediaFile file =
                    file("DCIM/%03dAPPLE/IMG_%04d.JPG".formatted(100 + number / 999, number % 10_000), number, NOON);
            assets.add(asset(file));
            rows.add(stored(file));
        }
        Plan plan = plan(assets, rows);
        assertEquals(100_000, plan.alreadyBackedUp());
        assertTrue(plan.steps().isEmpty());
    }

    @Test
    void earlierFailuresComeFirstAndConnectionBreakersLast() {
        MediaFile breaking = file("DCIM/100APPLE/IMG_0001.HEIC", 10, NOON);
        MediaFile live = file("DCIM/100APPLE/IMG_0001.MOV", 20, NOON);
        Asset first = new Asset(
                "DCIM/100APPLE/IMG_0001",
                "IMG_0001",
                List.of(new Resource(live, Role.PAIRED_VIDEO), new Resource(breaking, Role.PHOTO)));
        Asset second = asset(file("DCIM/100APPLE/IMG_0002.HEIC", 10, NOON));
        Asset third = asset(file("DCIM/100APPLE/IMG_0003.HEIC", 10, NOON));
        Asset fourth = asset(file("DCIM/100APPLE/IMG_0004.HEIC", 10, NOON));
        Plan plan = Planner.plan(
                List.of(first, second, third, fourth),
                List.of(),
                List.<StoredFile>of().iterator(),
                row -> true,
                row -> false,
                List.of(
                        new FailedFile(live.path(), false),
                        new FailedFile(breaking.path(), true),
                        new FailedFile("DCIM/100APPLE/IMG_0004.HEIC", false),
                        new FailedFile("DCIM/099APPLE/IMG_0001.HEIC", false)));
        assertEquals(
                List.of(fourth, second, third, first),
                plan.steps().stream().map(Planner.Step::asset).toList());
    }

    private static Plan plan(List<Asset> assets, List<StoredFile> rows) {
        return Planner.plan(assets, List.of(), rows.iterator(), row -> true, row -> false, List.of());
    }

    private static MediaFile file(String path, long size, Instant modified) {
        return new MediaFile(path, size, modified, Optional.empty());
    }

    private static Asset asset(MediaFile file) {
        String key = file.path().substring(0, file.path().lastIndexOf('.'));
        return new Asset(key, key.substring(key.lastIndexOf('/') + 1), List.of(new Resource(file, Role.PHOTO)));
    }

    private static StoredFile stored(MediaFile file) {
        return new StoredFile(file, "key", Role.PHOTO, "2024/05/" + file.name(), file.size());
    }
}
