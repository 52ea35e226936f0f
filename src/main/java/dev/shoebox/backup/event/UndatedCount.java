package dev.shoebox.backup.event;

import dev.shoebox.photos.Asset;
import dev.shoebox.photos.CaptureTime;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Counts the photos without a date of their own, and detects that they were all copied on one day. */
public final class UndatedCount {
    /** Fewer photos may well have been taken on the same day. */
    private static final int FEW = 5;

    private final Map<String, Integer> folders = new TreeMap<>();
    private final Map<LocalDate, Integer> days = new HashMap<>();
    private int all;
    private int undated;

    /** @param best what was found out about when it was taken */
    public void add(Asset asset, CaptureTime best) {
        if (best.origin().isFileTime()) {
            add(asset);
            if (asset.isMedia()) {
                days.merge(best.local().toLocalDate(), 1, Integer::sum);
            }
        } else if (asset.isMedia()) {
            all++;
        }
    }

    /** One of which nothing tells when it was taken. */
    public void add(Asset asset) {
        if (asset.isMedia()) {
            all++;
            undated++;
            folders.merge(asset.primary().file().directory(), 1, Integer::sum);
        }
    }

    /** Returns the event; empty if every photo has a date. */
    public Optional<BackupEvent.Undated> event() {
        if (undated == 0) {
            return Optional.empty();
        }
        Optional<LocalDate> copyDay = days.entrySet().stream()
                .filter(day -> day.getValue() >= FEW && day.getValue() * 2 > all)
                .map(Map.Entry::getKey)
                .findFirst();
        return Optional.of(new BackupEvent.Undated(undated, all, Map.copyOf(folders), copyDay));
    }
}
