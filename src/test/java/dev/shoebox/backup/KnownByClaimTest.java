package dev.shoebox.backup;

import dev.shoebox.destination.Recognition.Recognised;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.fingerprint.Fingerprint;
import dev.shoebox.photos.source.MediaFile;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Which claims of a library are believed, and how long the phone is asked about the others. */
class KnownByClaimTest {
    private static final Instant BORN = Instant.parse("2023-06-01T00:00:00Z");

    /** The first files of as many were changed a day after they were created. */
    private static Map<String, Recognised> files(int count, int changed) {
        Map<String, Recognised> files = new HashMap<>();
        for (int number = 0; number < count; number++) {
            String path = "DCIM/100APPLE/IMG_" + number + ".JPG";
            var file =
                    new MediaFile(path, 20_000, number < changed ? BORN.plusSeconds(86_400) : BORN, Optional.of(BORN));
            var resource = new Resource(file, Role.PHOTO);
            var asset = new Asset(Asset.keyOf(path), "IMG_" + number, List.of(resource));
            files.put(path, new Recognised(asset, resource, new Fingerprint("A".repeat(28)), path));
        }
        return files;
    }

    private static int left(int count, int changed) {
        Map<String, Recognised> files = files(count, changed);
        KnownByFingerprint.withoutChanged(files);
        return files.size();
    }

    @Test
    void changedFilesAreReadWhereTheyAreFewOrUnusual() {
        assertEquals(26, left(30, 4), "few");
        assertEquals(1_850, left(2_000, 150), "unusual");
        assertEquals(30, left(30, 30), "on this phone, times prove nothing");
    }

    @Test
    void smallFilesAreHashedAtOneRoundTripEach() {
        assertFalse(KnownByFingerprint.isSlow(2_000, 2_000 * 100_000L, 15), "7.5 ms for each");
    }

    @Test
    void aPhoneThatHashesLargeFilesSlowerThanTheCableSendsThemIsNotAskedForLong() {
        assertTrue(KnownByFingerprint.isSlow(10, 10 * 20_000_000L, 10));
        assertFalse(KnownByFingerprint.isSlow(1, 20_000_000L, 1), "one file says little");
    }
}
