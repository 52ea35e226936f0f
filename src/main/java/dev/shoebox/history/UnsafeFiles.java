package dev.shoebox.history;

import dev.shoebox.text.Amounts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is not safe although nothing failed: broken files in the backup, and originals that are only in iCloud.
 *
 * @param assets the number of photos and videos with a broken file
 * @param files the number of these files
 * @param onlyInICloud the number of photos and videos that are missing from the source; empty if unknown
 * @param stills the number of Live Photos whose video is only in iCloud
 * @param withoutRaw the number of photos whose RAW file is only in iCloud
 * @param named the broken files, at most {@link RunResult#MOST_NAMES}
 */
public record UnsafeFiles(
        int assets, int files, OptionalInt onlyInICloud, int stills, int withoutRaw, List<RunResult.Item> named) {
    /** The reason of a file in the backup that may not be read, so that nothing is known about its bytes. */
    public static final String DENIED = "denied";

    public static final UnsafeFiles NOTHING = new UnsafeFiles(0, 0, OptionalInt.empty(), 0, 0, List.of());

    public UnsafeFiles {
        named = named.stream().limit(RunResult.MOST_NAMES).toList();
    }

    /** Returns the end of a sentence on safe photos: how many more are only in iCloud. */
    public Optional<String> more() {
        int count = onlyInICloud.orElse(0);
        return count == 0
                ? Optional.empty()
                : Optional.of(Amounts.count(count) + " more " + (count == 1 ? "is" : "are") + " only in iCloud");
    }

    /** Returns sentences on photos of which a part is only in iCloud. */
    public Optional<String> parts() {
        List<String> sentences = new ArrayList<>();
        if (stills > 0) {
            sentences.add(Amounts.count(stills, "Live Photo")
                    + (stills == 1 ? " is saved as a still; its video is" : " are saved as stills; their video is")
                    + " only in iCloud.");
        }
        if (withoutRaw > 0) {
            sentences.add("Of " + Amounts.count(withoutRaw, "photo") + " the RAW file is only in iCloud.");
        }
        return sentences.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", sentences));
    }

    /** Returns a sentence on the broken files in the backup. */
    public Optional<String> broken() {
        return files == 0
                ? Optional.empty()
                : Optional.of(Amounts.count(files, "file") + (files == 1 ? " is" : " are")
                        + " in the backup, but could not be verified as a complete photo or video.");
    }
}
