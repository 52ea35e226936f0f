package dev.shoebox.library.cloud;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The contents of {@code PhotoData/CPL/syncstatus.plist}. Each fact is the last recorded one, possibly old; missing
 * facts, and those of another type, are absent.
 *
 * @param recorded when a value last changed; the file is written only then
 * @param flags the present flags
 * @param lastSync the end of the last sync that left nothing to upload or download
 * @param firstSync the end of the first sync, which is more than the end of its download
 * @param deletion when iCloud deletes its copies, after the user switched iCloud Photos off and chose that
 * @param counts the number of items in iCloud
 * @param busy not 0 while an activity on the phone blocks the sync; 2 is a snapshot
 */
public record SyncStatus(
        Instant recorded,
        Map<SyncFlag, Boolean> flags,
        Optional<Instant> lastSync,
        Optional<Instant> firstSync,
        Optional<Instant> deletion,
        Optional<Counts> counts,
        long busy) {
    private static final String IMAGES = "public.image";
    private static final String MOVIES = "public.movie";

    /** @param counted when iCloud was last asked */
    public record Counts(long photos, long videos, long others, Optional<Instant> counted) {}

    public SyncStatus {
        flags = Map.copyOf(flags);
    }

    /** Returns whether a flag is present and true. */
    public boolean is(SyncFlag flag) {
        return flags.getOrDefault(flag, false);
    }

    /** Returns whether a flag is present and false. */
    public boolean isNot(SyncFlag flag) {
        return !flags.getOrDefault(flag, true);
    }

    static SyncStatus of(PlistValues values, Instant recorded) {
        Map<SyncFlag, Boolean> flags = new EnumMap<>(SyncFlag.class);
        for (SyncFlag flag : SyncFlag.values()) {
            values.flag(flag.key()).ifPresent(value -> flags.put(flag, value));
        }
        if (values.has(SyncFlag.BATTERY_BUDGET.key()) && !flags.containsKey(SyncFlag.BATTERY_BUDGET)) {
            // An absent allowance is exhausted; an unreadable one is unknown.
            flags.remove(SyncFlag.HAS_BUDGET);
        }
        return new SyncStatus(
                recorded,
                flags,
                values.past("lastSyncDate"),
                values.past("initialSyncDate"),
                values.date("exitDeleteTime"),
                values.dictionary("cloudAssetCountPerType")
                        .filter(SyncStatus::areNumbers)
                        .map(types -> new Counts(
                                count(types, IMAGES),
                                count(types, MOVIES),
                                others(types),
                                values.past("cloudAssetCountPerTypeLastCheckDate"))),
                values.number("busyState").orElse(0));
    }

    /** Whether both relevant values are numbers, or are absent because there is nothing to count. */
    private static boolean areNumbers(PlistValues types) {
        return Stream.of(IMAGES, MOVIES)
                .allMatch(type -> !types.has(type) || types.number(type).orElse(-1) >= 0);
    }

    private static long others(PlistValues types) {
        return types.keys().stream()
                .filter(type -> !type.equals(IMAGES) && !type.equals(MOVIES))
                .mapToLong(type -> count(types, type))
                .sum();
    }

    private static long count(PlistValues types, String type) {
        return Math.max(0, Math.min(types.number(type).orElse(0), 1_000_000_000));
    }
}
