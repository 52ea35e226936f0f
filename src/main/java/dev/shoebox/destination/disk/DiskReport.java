package dev.shoebox.destination.disk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The result of examining a destination's disk.
 *
 * @param isShoebox whether it contains a backup already
 * @param freeBytes the free bytes
 * @param largestFile in bytes; {@link Long#MAX_VALUE} if no limit was found
 * @param limits the most important first
 */
public record DiskReport(
        boolean isShoebox,
        Volume volume,
        long freeBytes,
        long largestFile,
        DiskCapabilities.NameFolding names,
        List<DiskLimitation> limits) {
    public DiskReport {
        limits = List.copyOf(limits);
    }

    public static DiskReport of(boolean isShoebox, Volume volume, Disk disk, DiskCapabilities abilities)
            throws IOException {
        var limits = new ArrayList<>(abilities.limits());
        if (disk.isElsewhere()) {
            limits.add(0, DiskLimitation.ELSEWHERE);
        }
        return new DiskReport(isShoebox, volume, disk.freeBytes(), abilities.largestFile(), abilities.names(), limits);
    }

    /** Where one more was met, less important than the others. */
    public DiskReport with(DiskLimitation limit) {
        var more = new ArrayList<>(limits);
        more.add(limit);
        return new DiskReport(isShoebox, volume, freeBytes, largestFile, names, more);
    }
}
