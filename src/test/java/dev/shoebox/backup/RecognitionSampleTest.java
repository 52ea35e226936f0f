package dev.shoebox.backup;

import dev.shoebox.destination.Recognition.Recognised;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.fingerprint.FingerprintDigest;
import dev.shoebox.photos.source.MediaFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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
