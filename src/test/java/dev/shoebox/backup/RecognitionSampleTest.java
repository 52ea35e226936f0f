package dev.shoebox.backup;

import dev.shoebox.destination.Recognition.Recognised;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.fingerprint.FingerprintDigest;
import dev.shoebox.photos.source.MediaFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The sample that is read of an apparently known phone is large enough to expose a wrong library, and small. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RecognitionSampleTest {
    private final List<Recognised> known = new ArrayList<>();

    private void add(int count, Role role, long size) {
        for (int i = 0; i < count; i++) {
            String path = "DCIM/100APPLE/" + role + "_" + known.size();
            Resource file = new Resource(new MediaFile(path, size, Instant.EPOCH, Optional.empty()), role);
            known.add(new Recognised(
                    new Asset(path, path, List.of(file)), file, new FingerprintDigest().complete(), "2024/" + path));
        }
    }

    private List<Recognised> sample(long seed) {
        Set<String> assets = RecognitionSample.of(known, new SplittableRandom(seed));
        return known.stream()
                .filter(file -> assets.contains(file.asset().key()))
                .toList();
    }

    /** Adds photos with several files. */
    private void addWhole(int count, List<Role> roles, long size) {
        for (int i = 0; i < count; i++) {
            String key = "DCIM/100APPLE/IMG_" + known.size();
            List<Resource> files = roles.stream()
                    .map(role -> new Resource(new MediaFile(key + role, size, Instant.EPOCH, Optional.empty()), role))
                    .toList();
            Asset asset = new Asset(key, key, files);
            files.forEach(file -> known.add(new Recognised(
                    asset, file, new FingerprintDigest().complete(), file.file().path())));
        }
    }

    /** What is read of 2,000 photos that the backup has: the sample, and parts of every other file at three places. */
    @ParameterizedTest
    @ValueSource(longs = {4 << 10, 8_000, 8 << 10, 20_000, 100_000, 2_000_000, 12_000_000})
    void theSampleAndTheComparedPartsAreLessThanOneByteIn25(long size) {
        addWhole(1_000, List.of(Role.PHOTO), size);
        addWhole(500, List.of(Role.PHOTO, Role.PAIRED_VIDEO), size);
        addWhole(500, List.of(Role.PHOTO, Role.FULL_SIZE_PHOTO, Role.PAIRED_VIDEO), size);
        for (long seed = 0; seed < 20; seed++) {
            List<Recognised> sample = sample(seed);
            assertTrue(sample.size() * 50 >= known.size(), sample.size() + " of " + known.size() + " files");
            long compared = 3L * (known.size() - sample.size()) * CopyGlance.block(size);
            assertTrue((bytes(sample) + compared) * 25 < bytes(known), bytes(sample) + " and " + compared);
        }
    }

    /** The end of a JPEG that would be compared alone is the same in all. */
    @Test
    void theComparedEndOfAFileIsMoreThanItsEndMarker() {
        for (long size = 4 << 10; size < 70_000; size++) {
            int block = CopyGlance.block(size);
            long start = CopyGlance.end(size, block) * block;
            assertTrue(Math.min(size, start + block) - start >= 8, size + " bytes");
            assertTrue(size - start < 2L * block, size + " bytes");
        }
    }

    private static long bytes(List<Recognised> files) {
        return files.stream().mapToLong(file -> file.resource().file().size()).sum();
    }

    @Test
    void itIsOneFileInFiftyAndNeverMoreThanOneByteInTwenty() {
        add(1950, Role.PHOTO, 2_000_000);
        add(30, Role.VIDEO, 200_000_000);
        add(20, Role.PAIRED_VIDEO, 3_000_000);
        Set<String> videos = new HashSet<>();
        for (long seed = 0; seed < 300; seed++) {
            List<Recognised> sample = sample(seed);
            assertTrue(sample.size() >= 40, sample.size() + " files");
            assertTrue(bytes(sample) * 20 < bytes(known), "seed " + seed + ": " + bytes(sample));
            assertEquals(
                    Set.of(Role.PHOTO, Role.VIDEO, Role.PAIRED_VIDEO),
                    sample.stream().map(file -> file.resource().role()).collect(Collectors.toSet()));
            sample.stream()
                    .filter(file -> file.resource().role() == Role.VIDEO)
                    .forEach(file -> videos.add(file.asset().key()));
        }
        assertEquals(30, videos.size(), "large files have their chance");
    }

    @Test
    void theSampleHasThreeFilesOrAllOfFewer() {
        add(2, Role.VIDEO, 900_000_000);
        assertEquals(2, sample(1).size());
        add(3, Role.PHOTO, 2_000_000);
        assertEquals(3, sample(1).size());
        assertEquals(6_000_000, bytes(sample(1)));
    }
}
