package dev.shoebox.destination.disk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What trying a destination's disk brought to light.
 *
 * @param isShoebox whether a backup lies there already
 * @param fileSystem and {@code device} in the system's words
 * @param isBuiltIn whether it is surely a disk inside this computer
 * @param freeBytes that can still be written
 * @param largestFile in bytes; {@link Long#MAX_VALUE} where no limit was met
 * @param foldsCase whether {@code a} and {@code A} are one name
 * @param foldsUnicode whether composed and decomposed letters are one name
 * @param limits the most important first
 */
public record DiskReport(
        boolean isShoebox,
        String fileSystem,
        String device,
        boolean isBuiltIn,
        long freeBytes,
        long largestFile,
        boolean foldsCase,
        boolean foldsUnicode,
        List<DiskLimitation> limits) {
    public DiskReport {
        limits = List.copyOf(limits);
    }

    public static DiskReport of(
            boolean isShoebox, Volume volume, Disk disk, DiskCapabilities abilities, boolean keepsNames)
            throws IOException {
        var limits = new ArrayList<>(abilities.limits());
        if (disk.isElsewhere()) {
            limits.add(0, DiskLimitation.ELSEWHERE);
        }
        if (!keepsNames) {
            limits.add(DiskLimitation.CHANGES_NAMES);
        }
        return new DiskReport(
                isShoebox,
                volume.type(),
                volume.device(),
                volume.isBuiltIn(),
                disk.freeBytes(),
                abilities.largestFile(),
                abilities.foldsCase(),
                abilities.foldsUnicode(),
                limits);
    }
}
