package dev.shoebox.destination.aside;

import dev.shoebox.destination.disk.ContentHash;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.DiskCapabilities;
import dev.shoebox.destination.disk.Names;
import dev.shoebox.destination.parts.LeftParts;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.text.Amounts;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The files that an interrupted run left where it was storing photos: makes them durable, or sets them aside. Deletes nothing. */
public final class LeftFiles {
    private static final Pattern PARTIAL = Pattern.compile("[0-9A-Za-z]+-[0-9]+\\.part");

    private final Disk disk;
    private final DiskCapabilities abilities;
    private final LeftParts parts;
    private int setAside;
    private int twice;

    public LeftFiles(Disk disk, DiskCapabilities abilities) {
        this.disk = disk;
        this.abilities = abilities;
        this.parts = new LeftParts(disk, abilities, Identity.STAGING);
    }

    /**
     * Finds partial files that a power cut brought back beside the photos they had become. If a name owns its bytes,
     * both have the same ones, and deleting either frees those of the other.
     *
     * @param sizes their possible sizes
     * @param which by name
     * @return their paths, by content
     */
    public Map<String, List<String>> partials(Set<Long> sizes, Predicate<String> which) throws IOException {
        var partials = new HashMap<String, List<String>>();
        if (sizes.isEmpty() || abilities.links()) {
            return partials;
        }
        for (String name : disk.names(Identity.STAGING)) {
            String path = Identity.STAGING + "/" + name;
            if (PARTIAL.matcher(name).matches() && which.test(name) && sizes.contains(size(path))) {
                partials.computeIfAbsent(ContentHash.shown(disk, path), content -> new ArrayList<>())
                        .add(path);
            }
        }
        return partials;
    }

    /** Returns the size in bytes; -1 if this is not a file or cannot be read, which verification reports. */
    public long size(String path) {
        try {
            return disk.look(path)
                    .filter(Disk.Entry::isFile)
                    .map(Disk.Entry::size)
                    .orElse(-1L);
        } catch (IOException e) {
            return -1;
        }
    }

    /** Returns whether a file of this size would be stored in parts, and nothing has its own name. */
    public boolean mayBeInParts(String path, long size) throws IOException {
        return parts.concerns(path, size);
    }

    /** Examines a file that {@linkplain #mayBeInParts may be in parts}. */
    public LeftParts.Left inParts(String path, String sha256, long size, Predicate<String> which) throws IOException {
        return parts.of(new LeftParts.Intended(path, sha256, size), which);
    }

    /** Sets aside what is left of an incomplete file in parts. */
    public void setAside(LeftParts.Left left) throws IOException {
        for (String path : left.inTheWay()) {
            move(disk.bare(), path);
        }
        setAside += left.inTheWay().isEmpty() ? 0 : 1;
    }

    /**
     * Sets a file aside because its bytes are wrong or not its own. Its name is needed for the photo, which will be
     * copied again.
     */
    public void setAside(String path) throws IOException {
        move(disk, path);
        setAside++;
    }

    /** Sets aside a file and the partial files that share its bytes. */
    public void setAsideTwins(String path, List<String> partials) throws IOException {
        move(disk, path);
        for (String partial : partials) {
            if (disk.look(partial).isPresent()) {
                move(disk, partial);
            }
        }
        twice++;
    }

    private void move(Disk on, String path) throws IOException {
        if (on.look(Identity.SET_ASIDE).isEmpty()) {
            on.makeFolder(Identity.SET_ASIDE);
        }
        on.move(path, SetAside.freeName(on, Names.last(path)));
        forceFolder(Identity.SET_ASIDE);
        forceFolder(Names.folder(path));
    }

    public void forceFolder(String folder) throws IOException {
        if (abilities.forcesFolders()) {
            disk.forceFolder(folder);
        }
    }

    /** Makes a file durable. A failed force is never repeated: the system would still show bytes that it dropped. */
    public boolean isKept(String path, Instant modified) {
        try {
            // Has name and size written again, in case an earlier force dropped them.
            disk.stamp(path, modified);
        } catch (IOException e) {
            // Some disks cannot store this date.
        }
        try {
            if (abilities.forces()) {
                disk.force(path);
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Hashes a file from the disk itself, past the cache: after a failed force, the cache shows bytes that will never
     * be written.
     */
    public String sha256(String path) throws IOException {
        return ContentHash.best(disk, path, abilities.readsPastCache());
    }

    /** Reports what was set aside. */
    public void tell(Consumer<String> say) {
        if (setAside > 0) {
            say.accept("An interrupted run left " + Amounts.count(setAside, "damaged file") + ": moved to "
                    + Identity.SET_ASIDE + ", and to be read from the source again.");
        }
        if (twice > 0) {
            say.accept("After a power cut, some files on this disk share the same blocks; they were moved to "
                    + Identity.SET_ASIDE
                    + ". Check the disk (fsck, chkdsk) before you delete them.");
        }
    }
}
