package dev.shoebox.destination.disk;

import dev.shoebox.system.Storage;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * The volume of a destination, as the system names it.
 *
 * @param type of the file system, in the system's words: {@code ext4}, {@code exfat}; empty if unknown
 * @param device device or share, in the system's words
 * @param isBuiltIn whether it is certainly a disk inside this computer; false if uncertain
 */
public record Volume(String type, String device, boolean isBuiltIn) {
    /** The largest file on FAT, in bytes: sizes have 32 bits. */
    static final long LARGEST_OF_FAT = 0xFFFF_FFFFL;

    /** File systems of disks in computers; sticks, cards, cameras, Windows drives and shares use others. */
    private static final Set<String> OF_COMPUTERS =
            Set.of("ext2", "ext3", "ext4", "xfs", "btrfs", "f2fs", "jfs", "reiserfs", "bcachefs", "apfs", "hfs");

    /**
     * File systems whose drivers write no journal, or none that they replay: after a power cut, the driver may mount
     * one that should first be checked, and allocate blocks twice (docs/benchmarks/powercut-cache.md). {@code fuseblk}
     * is ntfs-3g; what Windows calls {@code ntfs} has its journal replayed.
     */
    private static final Set<String> WITHOUT_LOG =
            Set.of("fuseblk", "ntfs3", "exfat", "fuse.exfat", "vfat", "msdos", "fat", "fat32");

    /**
     * On Linux: bytes belong to the file and not to its name, and forcing a folder makes every name in it durable. None
     * of them lost a file that was forced, named and whose folder was forced, whenever the power was cut
     * (docs/benchmarks/powercut-cache.md).
     */
    private static final Set<String> WITH_DURABLE_BYTES = Set.of("ext2", "ext3", "ext4", "xfs", "btrfs");

    /** File systems in memory, or views of a computer's own disk. */
    private static final Set<String> WITHOUT_DEVICE = Set.of("tmpfs", "ramfs", "overlay");

    /** File systems of other computers. The name of a FUSE mount shows what it is. */
    private static final Set<String> OF_OTHERS = Set.of(
            "nfs",
            "nfs4",
            "cifs",
            "smb3",
            "smbfs",
            "afpfs",
            "webdav",
            "davfs",
            "ceph",
            "glusterfs",
            "afs",
            "fuse.sshfs",
            "fuse.rclone",
            "fuse.davfs",
            "fuse.davfs2",
            "fuse.s3fs",
            "fuse.gcsfuse",
            "fuse.mountpoint-s3",
            "fuse.goofys",
            "fuse.onedriver",
            "fuse.google-drive-ocamlfuse",
            "fuse.gvfsd-fuse",
            "fuse.kio-fuse",
            "fuse.glusterfs",
            "fuse.juicefs",
            "fuse.curlftpfs",
            "fuse.pcloud");

    /** A server and its export: {@code nas:/photos}, {@code //nas/photos}, {@code https://...}. */
    private static final Pattern SERVER =
            Pattern.compile("[/\\\\]{2}[^/\\\\].*|[a-z][a-z0-9+.-]*://.*|[^/\\\\:]{2,}:/.*");

    /** Folders that a cloud client synchronises with other places, and may evict to free space. */
    private static final Pattern OF_A_CLOUD = Pattern.compile(
            "OneDrive( - .*)?|Dropbox( \\(.*\\))?|Google ?Drive.*|My Drive|iCloud ?Drive|Mobile Documents|CloudStorage|Nextcloud|pCloud ?Drive");

    private static final Path MAC_VOLUMES = Path.of("/Volumes");
    private static final Pattern USB = Pattern.compile("/usb\\d");

    public static Volume of(Path root) throws IOException {
        Optional<FileStore> store = Storage.of(root);
        return of(
                root,
                store.map(FileStore::type).orElse("").toLowerCase(Locale.ROOT),
                store.map(FileStore::name).orElse(""),
                Path.of("/sys/class/block"));
    }

    /** @param blocks the folder in which Linux lists block devices; absent on other systems */
    public static Volume of(Path root, String type, String device, Path blocks) {
        boolean isBuiltIn;
        if (WITHOUT_DEVICE.contains(type)) {
            isBuiltIn = true;
        } else if (!OF_COMPUTERS.contains(type)) {
            isBuiltIn = false;
        } else if (Files.isDirectory(blocks)) {
            try {
                Path name = Path.of(device).toRealPath().getFileName();
                isBuiltIn = name != null && isBuiltIn(blocks.resolve(name.toString()));
            } catch (IOException | java.nio.file.InvalidPathException unknown) {
                isBuiltIn = false;
            }
        } else {
            // macOS mounts all disks there except its own.
            isBuiltIn = !root.startsWith(MAC_VOLUMES);
        }
        return new Volume(type, device, isBuiltIn);
    }

    /** Whether a write beyond the maximum file size fails at once: exFAT and NTFS would first fill 4 GiB with zeros. */
    boolean isFat() {
        return !type.contains("exfat") && (type.contains("fat") || type.contains("msdos"));
    }

    /** Whether it should be checked after a power cut before anything is written to it. */
    public boolean needsCheckAfterPowerCut() {
        return WITHOUT_LOG.contains(type);
    }

    /** Whether forced data of a file stays durable when the file gets another name. */
    public boolean keepsForcedBytes() {
        return WITH_DURABLE_BYTES.contains(type);
    }

    /** Whether stored data is, or will be, on another computer, as far as its names show. */
    public static boolean isElsewhere(Path root) throws IOException {
        return isElsewhere(root, of(root));
    }

    static boolean isElsewhere(Path root, Volume volume) {
        return OF_OTHERS.contains(volume.type)
                || SERVER.matcher(volume.device).matches()
                || SERVER.matcher(root.toString()).matches()
                || StreamSupport.stream(root.spliterator(), false)
                        .anyMatch(part -> OF_A_CLOUD.matcher(part.toString()).matches());
    }

    /**
     * Whether a block device is built in. USB hard disks do not claim to be removable, only their bus shows it; card
     * readers inside the computer give the type of the card. An encrypted or combined device is judged by its
     * components.
     */
    private static boolean isBuiltIn(Path block) throws IOException {
        Path device = block.toRealPath();
        List<Path> parts = new ArrayList<>();
        if (Files.isDirectory(device.resolve("slaves"))) {
            try (var slaves = Files.newDirectoryStream(device.resolve("slaves"))) {
                slaves.forEach(parts::add);
            }
        }
        for (Path part : parts) {
            if (!isBuiltIn(part)) {
                return false;
            }
        }
        Path disk = Files.exists(device.resolve("partition")) ? device.getParent() : device;
        return !USB.matcher(device.toString()).find()
                && !says(disk.resolve("removable"), "1")
                && !says(disk.resolve("device/type"), "SD");
    }

    private static boolean says(Path file, String word) throws IOException {
        return Files.isRegularFile(file) && Files.readString(file).strip().equals(word);
    }
}
