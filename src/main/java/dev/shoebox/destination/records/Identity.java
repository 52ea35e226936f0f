package dev.shoebox.destination.records;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.DiskCapabilities;
import dev.shoebox.destination.disk.Names;
import dev.shoebox.destination.parts.PartedDisk;
import dev.shoebox.json.JsonObject;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The file {@code .shoebox/id}, which makes a folder a shoebox.
 *
 * @param format the version of the format
 * @param id the same wherever the drive is mounted
 * @param shared whether every user of the computer may read the backup
 */
public record Identity(int format, String id, Instant created, boolean shared) {
    /** The folder of links to the photos of albums. */
    public static final String ALBUMS = "albums";

    public static final String FOLDER = ".shoebox";
    public static final String STAGING = FOLDER + "/staging";
    public static final String SET_ASIDE = FOLDER + "/set-aside";
    public static final String FILE = FOLDER + "/id";

    /** The replacement for {@link #FILE} while the format is being raised; if it exists, it counts. */
    static final String NEXT = FOLDER + "/id.new";

    static final String JOURNAL = FOLDER + "/journal.ndjson";
    static final String CATALOGUE = FOLDER + "/catalogue.sqlite";
    static final String MANIFEST = "SHA256SUMS";

    /** The format that every version reads. */
    private static final int FORMAT = 1;

    /** As {@link #FORMAT}, but files may be in parts: an earlier version would take them for lost. */
    private static final int WITH_PARTS = 2;

    private static final int LONGEST = 64 * 1024;

    /** Names that systems create on a disk. */
    private static final Set<String> SYSTEM_NAMES = Set.of(
            "lost+found",
            "System Volume Information",
            "$Recycle.Bin",
            "FOUND.000",
            ".DS_Store",
            ".Spotlight-V100",
            ".Trashes",
            ".TemporaryItems",
            ".fseventsd",
            ".apdisk",
            ".DocumentRevisions-V100",
            ".PKInstallSandboxManager",
            ".VolumeIcon.icns",
            "Thumbs.db",
            "desktop.ini");

    /** Returns the identity of a new backup, or of one whose identity was lost. */
    public static Identity fresh(Instant created, boolean shared, Disk disk) throws IOException {
        return new Identity(
                Manifest.listsParts(disk) ? WITH_PARTS : FORMAT,
                UUID.randomUUID().toString(),
                created,
                shared);
    }

    /** Returns the disk as seen by a backup: a file in parts appears as one file. */
    public static Disk joined(Disk disk) throws DestinationException {
        try {
            return mayHaveParts(disk) ? new PartedDisk(disk) : disk;
        } catch (IOException e) {
            disk.letGo();
            throw DestinationException.of(e, disk);
        }
    }

    /** Returns whether files may be in parts, according to the format or, if the identity is lost, to the manifest. */
    public static boolean mayHaveParts(Disk disk) throws IOException {
        Optional<Identity> identity = read(disk);
        return identity.isPresent() ? identity.get().format() >= WITH_PARTS : Manifest.listsParts(disk);
    }

    /** Returns whether a name is created by a system, not by a person. */
    public static boolean isSystemName(String name) {
        return SYSTEM_NAMES.stream().anyMatch(name::equalsIgnoreCase)
                || name.startsWith("._")
                || name.startsWith(".Trash-");
    }

    /** Returns whether the disk has nothing but files of a system or of an unfinished start of a shoebox. */
    public static boolean isEmpty(Disk disk) throws IOException {
        return disk.names("").stream().allMatch(name -> name.equals(FOLDER) || isSystemName(name)) && !hasRecords(disk);
    }

    /** Returns whether there was a shoebox, even if its identity cannot be read. */
    public static boolean hasRecords(Disk disk) throws IOException {
        for (String file : List.of(JOURNAL, CATALOGUE)) {
            if (disk.hasFile(file)) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether a shoebox has nothing but this file: nothing depends on it yet. */
    public static boolean isAlone(Disk disk) throws IOException {
        return !hasRecords(disk) && !disk.hasFile(MANIFEST);
    }

    /**
     * Reads the identity; empty if there is none, or it is unreadable.
     *
     * @throws DestinationException.Newer if a later version created it
     */
    public static Optional<Identity> read(Disk disk) throws IOException {
        Optional<Identity> next = read(disk, NEXT);
        return next.isPresent() ? next : read(disk, FILE);
    }

    private static Optional<Identity> read(Disk disk, String file) throws IOException {
        if (!disk.hasFile(file)) {
            return Optional.empty();
        }
        Identity identity;
        try (var channel = disk.read(file)) {
            var map = JsonObject.parse(
                    new String(Channels.newInputStream(channel).readNBytes(LONGEST), StandardCharsets.UTF_8));
            identity = new Identity(
                    (int) map.number("format"),
                    map.text("id"),
                    Instant.parse(map.text("created")),
                    map.isTrue("shared"));
        } catch (RuntimeException unreadable) {
            return Optional.empty();
        }
        if (identity.format() > WITH_PARTS) {
            throw new DestinationException.Newer();
        }
        return Optional.of(identity);
    }

    /**
     * Writes the identity if there is none. A crash leaves none, or an empty or torn one: the next run writes it again.
     */
    public void write(Disk disk) throws IOException {
        write(disk, FILE);
    }

    private void write(Disk disk, String file) throws IOException {
        var map = new LinkedHashMap<String, Object>();
        map.put("format", format);
        map.put("id", id);
        map.put("created", created.toString());
        if (shared) {
            map.put("shared", true);
        }
        try (Disk.Out out = disk.create(file)) {
            out.write(ByteBuffer.wrap((JsonObject.line(map) + "\n").getBytes(StandardCharsets.UTF_8)));
        }
    }

    /**
     * Durably raises the format to one in which files may be in parts, unless it is already. One of the two files can be read
     * at every moment, whatever a crash leaves.
     */
    public static void allowParts(Disk disk, DiskCapabilities abilities) throws IOException {
        Identity now = read(disk)
                .orElseThrow(() -> new DestinationException.Lost(
                        "The destination is gone; plug the drive in again, then run the command again."));
        if (now.format() < WITH_PARTS) {
            Identity next = new Identity(WITH_PARTS, now.id(), now.created(), now.shared());
            next.writeForGood(disk, NEXT, abilities);
            disk.delete(FILE);
            next.writeForGood(disk, FILE, abilities);
            disk.delete(NEXT);
            forceFolder(disk, abilities);
        }
    }

    /**
     * Returns the disk for writing, on which a file that is too large for it is stored in parts. Completes an interrupted
     * change of the format. A file with unexpected content is set aside and not deleted: on FAT and exFAT, a deleted file
     * that a power cut brought back may own the bytes of another.
     */
    public static Disk settled(Disk found, DiskCapabilities abilities) throws IOException {
        Disk disk = abilities.partSize() == Long.MAX_VALUE
                ? found
                : new PartedDisk(found.bare(), STAGING, abilities.partSize());
        if (!disk.hasFile(NEXT)) {
            return disk;
        }
        Optional<Identity> next = read(disk, NEXT);
        if (next.isPresent()) {
            if (read(disk, FILE).filter(old -> old.format() < WITH_PARTS).isPresent()) {
                // It may have been written and never forced.
                setAside(disk, NEXT);
                next.get().writeForGood(disk, NEXT, abilities);
            }
            // So may this one; it was deleted only when the other was durable.
            if (disk.hasFile(FILE)) {
                setAside(disk, FILE);
            }
            next.get().writeForGood(disk, FILE, abilities);
            disk.delete(NEXT);
        } else {
            setAside(disk, NEXT);
        }
        forceFolder(disk, abilities);
        return disk;
    }

    private static void setAside(Disk disk, String file) throws IOException {
        String aside = SET_ASIDE + "/" + Names.last(file);
        for (int i = 2; disk.look(aside).isPresent(); i++) {
            aside = SET_ASIDE + "/" + i + "-" + Names.last(file);
        }
        disk.move(file, aside);
    }

    private void writeForGood(Disk disk, String file, DiskCapabilities abilities) throws IOException {
        write(disk, file);
        if (abilities.forces()) {
            disk.force(file);
        }
        forceFolder(disk, abilities);
    }

    private static void forceFolder(Disk disk, DiskCapabilities abilities) throws IOException {
        if (abilities.forcesFolders()) {
            disk.forceFolder(FOLDER);
        }
    }
}
