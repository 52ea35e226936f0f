package dev.shoebox.history;

import dev.shoebox.text.Amounts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What of a source is not safe, though nothing failed: files that are in the backup and are not what they should be, and
 * originals that are only in iCloud.
 *
 * @param assets photos and videos with a file that is not what it should be
 * @param files of these
 * @param onlyInICloud photos and videos that the source does not have; empty where nobody knows
 * @param stills Live Photos of which the video is only in iCloud
 * @param withoutRaw photos of which the RAW file is only in iCloud
 * @param named the files that are not what they should be, at most {@link RunResult#MOST_NAMES}
 */
public record UnsafeFiles(
        int assets, int files, OptionalInt onlyInICloud, int stills, int withoutRaw, List<RunResult.Item> named) {
    /** The reason of a file of the backup that may not be read: nothing is known of its bytes. */
    public static final String DENIED = "denied";

    public static final UnsafeFiles NOTHING = new UnsafeFiles(0, 0, OptionalInt.empty(), 0, 0, List.of());

    public UnsafeFiles {
        named = named.stream().limit(RunResult.MOST_NAMES).toList();
    }

    /** How many photos and videos are only in iCloud, as the end of a sentence on those that are safe. */
    public Optional<String> more() {
        int count = onlyInICloud.orElse(0);
        return count == 0
                ? Optional.empty()
                : Optional.of(Amounts.count(count) + " more " + (count == 1 ? "is" : "are") + " only in iCloud");
    }

    /** Of which photos a part is only in iCloud, in whole sentences. */
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

    /** Of how many files in the backup that is so, as a whole sentence. */
    public Optional<String> broken() {
        return files == 0
                ? Optional.empty()
                : Optional.of(Amounts.count(files, "file") + (files == 1 ? " is" : " are")
                        + " in the backup, but could not be verified as a complete photo or video.");
    }
}
