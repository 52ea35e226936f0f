package dev.shoebox.library.cloud;

import com.dd.plist.BinaryPropertyListWriter;
import com.dd.plist.NSObject;
import dev.shoebox.plist.PropertyList;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A property list of a phone, read as the status of iCloud Photos. */
final class SyncStatusFuzz {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    private SyncStatusFuzz() {}

    static List<byte[]> seeds() {
        NSObject list = NSObject.fromJavaObject(Map.of(
                "lastSyncDate",
                Date.from(NOW),
                "isExceedingQuota",
                true,
                "busyState",
                2,
                "cloudAssetCountPerType",
                Map.of("public.image", 7, "public.movie", 1),
                "accountFlags",
                new byte[] {1, 2},
                "disabledFeatures",
                List.of("a", "b")));
        try {
            return List.of(list.toXMLPropertyList().getBytes(UTF_8), BinaryPropertyListWriter.writeToArray(list));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void fuzzerTestOneInput(byte[] bytes) {
        Object content = PropertyList.parse(bytes).orElse("");
        if (content instanceof Map<?, ?> map) {
            SyncStatus status = SyncStatus.of(new PlistValues(map, NOW), NOW);
            if (status.lastSync()
                    .filter(at -> at.isAfter(NOW.plusSeconds(86_400)))
                    .isPresent()) {
                throw new AssertionError(status);
            }
        }
    }
}
