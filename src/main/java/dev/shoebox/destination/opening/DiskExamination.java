package dev.shoebox.destination.opening;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.DiskCapabilities;
import dev.shoebox.destination.disk.DiskLimitation;
import dev.shoebox.destination.disk.DiskReport;
import dev.shoebox.destination.disk.Volume;
import dev.shoebox.destination.lock.RunLock;
import dev.shoebox.destination.records.Identity;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.function.Function;

/** Tests the capabilities of the disk of a folder. */
final class DiskExamination {
    private DiskExamination() {}

    /** Tests the disk, in a shoebox under its lock; elsewhere in a folder that is removed again. */
    static DiskReport of(Path root, Function<Path, Disk> disks, Instant now) throws DestinationException {
        Disk disk = disks.apply(root);
        var made = new ArrayDeque<String>();
        try {
            boolean isShoebox = Identity.read(disk).isPresent() || Identity.hasRecords(disk);
            for (String folder : new String[] {Identity.FOLDER, Identity.STAGING}) {
                if (disk.look(folder).isEmpty()) {
                    disk.makeFolder(folder);
                    made.push(folder);
                }
            }
            Optional<RunLock> lock =
                    isShoebox ? Optional.of(RunLock.take(root.resolve(Identity.FOLDER), now)) : Optional.empty();
            try {
                var abilities = DiskCapabilities.probe(disk, Identity.STAGING, line -> {});
                boolean keepsNames = DiskCapabilities.keepsNames(disk, Identity.STAGING);
                DiskReport report = DiskReport.of(isShoebox, Volume.of(root), disk, abilities);
                return keepsNames ? report : report.with(DiskLimitation.CHANGES_NAMES);
            } finally {
                if (lock.isPresent()) {
                    lock.get().close();
                }
                for (String folder : made) {
                    disk.delete(folder);
                }
            }
        } catch (IOException e) {
            throw DestinationException.of(e, disk);
        } finally {
            disk.letGo();
        }
    }
}
