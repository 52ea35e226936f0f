package dev.shoebox.destination.opening;

import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.DiskCapabilities;
import dev.shoebox.destination.disk.Names;
import dev.shoebox.destination.records.Identity;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Moves files that are in the way to a separate folder, so that nothing is lost. */
public final class SetAside {
    /** Prefix of the partial files of a repair. */
    public static final String REPAIR = "repair-";

    private SetAside() {}

    /** Returns whether a staged file belongs to a repair. */
    public static boolean isOfRepair(String name) {
        return name.startsWith(REPAIR);
    }

    /** Returns a free path in the folder of set-aside files. */
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
     * Sets a file aside durably: it may be all that is left of a photo. If a file can have two names, it always has at
     * least one; FAT and exFAT may lose both in a power cut at that moment.
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
                // On FAT, a moved file is empty after a power cut until it is forced.
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
