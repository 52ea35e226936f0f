package dev.shoebox.phonefiles;

import dev.shoebox.device.apps.SharingApp;
import dev.shoebox.phonefiles.OtherFiles.Section;

import java.util.HashMap;
import java.util.Map;

/** Counts files and bytes by app or group. */
final class FileCounts {
    private static final Sum NOTHING = new Sum(0, 0);

    private record Sum(long files, long bytes) {
        Sum plus(Sum more) {
            // A phone can claim sizes whose sum exceeds a long.
            return new Sum(
                    files + more.files, bytes > Long.MAX_VALUE - more.bytes ? Long.MAX_VALUE : bytes + more.bytes);
        }
    }

    private final Map<String, Sum> sums = new HashMap<>();

    /** @param key the key of its app or group */
    void add(String key, long bytes) {
        sums.merge(key, new Sum(1, bytes), Sum::plus);
    }

    /** Returns the total for an app. */
    Section of(String key, SharingApp app) {
        Sum sum = sums.getOrDefault(key, NOTHING);
        return new Section(FileGroup.DOCUMENTS, app, sum.files(), sum.bytes());
    }

    /** Returns the total for a group. */
    Section of(FileGroup group) {
        Sum sum = sums.getOrDefault(group.name(), NOTHING);
        return new Section(group, null, sum.files(), sum.bytes());
    }
}
