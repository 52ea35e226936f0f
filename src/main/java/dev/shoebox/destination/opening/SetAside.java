package dev.shoebox.destination.opening;

import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.DiskCapabilities;
import dev.shoebox.destination.disk.Names;
import dev.shoebox.destination.records.Identity;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Moves what lies in the way to a folder of its own, so that nothing is ever lost. */
public final class SetAside {
    /** What the partial files of a repair begin with. */
    public static final String REPAIR = "repair-";

    private SetAside() {}

    /** Whether a file of the staging folder is one of a repair. */
    public static boolean isOfRepair(String name) {
        return name.startsWith(REPAIR);
    }

    /** A path among what is set aside that nothing has yet. */
    public static String freeName(Disk disk, String name) throws IOException {
        String path = Identity.SET_ASIDE + "/" + name;
        for (int i = 2; disk.look(path).isPresent(); i++) {
            path = Identity.SET_ASIDE + "/" + i + "-" + name;
        }
        return path;
    }

    public static String when(Instant now) {
        return DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'")
                .withZone(ZoneOffset.UTC)
                .format(now);
    }

    /**
     * For good: what lies there may be all that is left of a photo. Where a file can have two names it always has one; FAT and
     * exFAT may lose both in a power cut at just that moment.
     */
    public static void setAside(Disk disk, DiskCapabilities abilities, String path, Instant now) throws IOException {
        setAside(disk, abilities, path, "damaged-", now);
    }

    public static void setAside(Disk disk, DiskCapabilities abilities, String path, String what, Instant now)
            throws IOException {
        if (disk.look(Identity.SET_ASIDE).isEmpty()) {
            disk.makeFolder(Identity.SET_ASIDE);
        }
        String aside = freeName(disk, what + when(now) + "-" + Names.last(path));
        if (abilities.links()) {
            disk.link(path, aside);
        } else {
            disk.move(path, aside);
            if (abilities.forces()) {
                // On FAT a file that was moved is empty after a power cut until it is forced.
                disk.force(aside);
            }
        }
        if (abilities.forcesFolders()) {
            disk.forceFolder(Identity.SET_ASIDE);
        }
        if (abilities.links()) {
            disk.delete(path);
        }
        if (abilities.forcesFolders()) {
            disk.forceFolder(Names.folder(path));
        }
    }
}
