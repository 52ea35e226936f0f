package dev.shoebox.library.cloud;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What {@code PhotoData/CPL/syncstatus.plist} says. Each fact is the one last recorded, which may be long ago; one that is
 * absent, or is not of the kind that it should be, is left out.
 *
 * @param recorded when a value in it last changed; the file is written for nothing else
 * @param flags those that are there
 * @param lastSync the end of the last sync that left nothing to be sent or fetched
 * @param firstSync when the first sync had ended; that its download had is another fact, and less
 * @param deletion when iCloud deletes its copy, after the person switched iCloud Photos off and chose so
 * @param counts how many items iCloud holds
 * @param busy other than 0 while the phone does something that keeps it from syncing; 2 a snapshot
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

    /** Whether a flag is there and true. */
    public boolean is(SyncFlag flag) {
        return flags.getOrDefault(flag, false);
    }

    /** Whether a flag is there and false. */
    public boolean isNot(SyncFlag flag) {
        return !flags.getOrDefault(flag, true);
    }

    static SyncStatus of(PlistValues values, Instant recorded) {
        Map<SyncFlag, Boolean> flags = new EnumMap<>(SyncFlag.class);
        for (SyncFlag flag : SyncFlag.values()) {
            values.flag(flag.key()).ifPresent(value -> flags.put(flag, value));
        }
        if (values.has(SyncFlag.BATTERY_BUDGET.key()) && !flags.containsKey(SyncFlag.BATTERY_BUDGET)) {
            // An allowance that is absent is used up; one that cannot be read is not known.
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

    /** Whether both figures that people ask for are numbers, or are absent because there is nothing to count. */
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
