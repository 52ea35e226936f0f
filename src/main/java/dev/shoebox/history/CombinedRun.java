package dev.shoebox.history;

import java.time.Instant;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * Everything that one command backed up. Photos and the other files of an iPhone have records of their own, but one
 * exit code, and steps that follow both.
 *
 * @param first the photos, if both were backed up
 * @param files the other files, if they followed the photos
 */
public record CombinedRun(RunRecord first, Optional<RunRecord> files) {
    /** Creates a run with one record. */
    public CombinedRun(RunRecord only) {
        this(only, Optional.empty());
    }

    /** Returns the record that explains the exit code: that of the photos, unless they are safe and the files are not. */
    public RunRecord decisive() {
        return files.filter(other -> first.isGood() && !other.isGood()).orElse(first);
    }

    /** Returns how the command ended. */
    public RunEnding how() {
        return decisive().how().orElseThrow();
    }

    public boolean isGood() {
        return decisive().isGood();
    }

    /** Returns when the last of them ended. */
    public Instant ended() {
        return files.map(RunRecord::ended).orElseGet(first::ended);
    }

    /** Adds up a number over both. */
    public long sum(ToLongFunction<RunResult> number) {
        return Stream.concat(Stream.of(first), files.stream())
                .map(RunRecord::result)
                .mapToLong(number)
                .sum();
    }

    /** Returns this run with another first record. */
    public CombinedRun with(RunRecord newFirst) {
        return new CombinedRun(newFirst, files);
    }
}
