package dev.shoebox.phonefiles;

import dev.shoebox.device.apps.SharingApp;
import dev.shoebox.phonefiles.OtherFiles.Section;

import java.util.HashMap;
import java.util.Map;

/** Counts files and their bytes by what they are part of. */
final class FileCounts {
    private static final Sum NOTHING = new Sum(0, 0);

    private record Sum(long files, long bytes) {
        Sum plus(Sum more) {
            // A phone may claim more bytes than there are numbers.
            return new Sum(
                    files + more.files, bytes > Long.MAX_VALUE - more.bytes ? Long.MAX_VALUE : bytes + more.bytes);
        }
    }

    private final Map<String, Sum> sums = new HashMap<>();

    /** @param key of the app or group that it is part of */
    void add(String key, long bytes) {
        sums.merge(key, new Sum(1, bytes), Sum::plus);
    }

    /** What was added under the key of an app. */
    Section of(String key, SharingApp app) {
        Sum sum = sums.getOrDefault(key, NOTHING);
        return new Section(FileGroup.DOCUMENTS, app, sum.files(), sum.bytes());
    }

    /** What was added under the name of a group. */
    Section of(FileGroup group) {
        Sum sum = sums.getOrDefault(group.name(), NOTHING);
        return new Section(group, null, sum.files(), sum.bytes());
    }
}
