package dev.shoebox.destination.aside;

import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.DiskCapabilities;
import dev.shoebox.destination.disk.Names;
import dev.shoebox.destination.records.Identity;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
        // Of one that was moved in part only, some parts may be there.
        List<String> names = disk.joinsParts() ? disk.bare().names(Identity.SET_ASIDE) : List.of();
        String free = name;
        for (int i = 2; isTaken(disk, free, names); i++) {
            free = i + "-" + name;
        }
        return Identity.SET_ASIDE + "/" + free;
    }

    private static boolean isTaken(Disk disk, String name, List<String> names) throws IOException {
        return disk.look(Identity.SET_ASIDE + "/" + name).isPresent()
                || names.stream().anyMatch(each -> each.startsWith(name + "."));
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

    /** What is damaged may lack parts. */
    private static void force(Disk disk, String aside) throws IOException {
        Optional<Disk.Parts> parts = disk.parts(aside);
        List<String> files = new ArrayList<>(List.of(parts.isPresent() ? Disk.Parts.note(aside) : aside));
        parts.ifPresent(each -> files.addAll(each.paths(aside)));
        for (String file : files) {
            if (disk.look(file).isPresent()) {
                disk.force(file);
            }
        }
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
                force(disk, aside);
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
