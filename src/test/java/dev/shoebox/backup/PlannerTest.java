package dev.shoebox.backup;

import dev.shoebox.backup.Planner.Plan;
import dev.shoebox.destination.Stored;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.MediaFile;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.Role;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;

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
        Plan plan = Planner.plan(List.of(asset(file)), List.of(stored(file)).iterator(), row -> false);
        assertEquals(1, plan.steps().size());
        assertEquals(List.of(stored(file)), plan.vanished());
    }

    @Test
    void pathsAreComparedAsTheCatalogueSortsThem() {
        Random random = new Random(7);
        List<String> paths = new ArrayList<>();
        String[] pieces = {"a", "Z", "é", "\uFFFD", "\uE000", "😀", "𐐷", "/", "漢", "\u0001"};
        for (int count = 0; count < 300; count++) {
            StringBuilder path = new StringBuilder();
            for (int length = random.nextInt(6); length >= 0; length--) {
                path.append(pieces[random.nextInt(pieces.length)]);
            }
            paths.add(path.toString());
        }
        List<String> byBytes = new ArrayList<>(paths);
        byBytes.sort(Comparator.comparing(
                path -> path.getBytes(StandardCharsets.UTF_8), (left, right) -> Arrays.compareUnsigned(left, right)));
        paths.sort(Planner.BY_CODE_POINT);
        assertEquals(byBytes, paths);
    }

    @Test
    void aHundredThousandKnownFilesAllMatch() {
        List<Asset> assets = new ArrayList<>();
        List<Stored> rows = new ArrayList<>();
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

    private static Plan plan(List<Asset> assets, List<Stored> rows) {
        List<Stored> sorted = new ArrayList<>(rows);
        sorted.sort(Comparator.comparing(row -> row.file().path(), Planner.BY_CODE_POINT));
        return Planner.plan(assets, sorted.iterator(), row -> true);
    }

    private static MediaFile file(String path, long size, Instant modified) {
        return new MediaFile(path, size, modified, Optional.empty());
    }

    private static Asset asset(MediaFile file) {
        String key = file.path().substring(0, file.path().lastIndexOf('.'));
        return new Asset(key, key.substring(key.lastIndexOf('/') + 1), List.of(new Resource(file, Role.PHOTO)));
    }

    private static Stored stored(MediaFile file) {
        return new Stored(file, "key", Role.PHOTO, "2024/05/" + file.name(), file.size());
    }
}
