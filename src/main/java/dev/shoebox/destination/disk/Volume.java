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
 * What a destination lies on, as the system names it.
 *
 * @param type of the file system, in the system's words: {@code ext4}, {@code exfat}; empty where it does not say
 * @param device or share, in the system's words
 * @param isBuiltIn whether it is surely a disk inside this computer; what is not known for sure is not
 */
public record Volume(String type, String device, boolean isBuiltIn) {
    /** In bytes: FAT keeps a file's size in 32 bits. */
    static final long LARGEST_OF_FAT = 0xFFFF_FFFFL;

    /** File systems of computers; sticks, cards, cameras, Windows drives and shares come with others. */
    private static final Set<String> OF_COMPUTERS =
            Set.of("ext2", "ext3", "ext4", "xfs", "btrfs", "f2fs", "jfs", "reiserfs", "bcachefs", "apfs", "hfs");

    /**
     * Their drivers write no log, or write none that they read again: after a power cut the driver may mount what it should
     * first have checked, and give one place on the disk to two files (docs/benchmarks/powercut-cache.md). {@code fuseblk} is
     * ntfs-3g; what Windows calls {@code ntfs} has its log read.
     */
    private static final Set<String> WITHOUT_LOG =
            Set.of("fuseblk", "ntfs3", "exfat", "fuse.exfat", "vfat", "msdos", "fat", "fat32");

    /**
     * Under Linux: bytes belong to the file and not to its name, and forcing a folder makes every name in it durable. None of them lost
     * a file that was forced, named and whose folder was forced, whenever the power was cut (docs/benchmarks/powercut-cache.md).
     */
    private static final Set<String> WITH_DURABLE_BYTES = Set.of("ext2", "ext3", "ext4", "xfs", "btrfs");

    /** In memory, or a view of a computer's own disk. */
    private static final Set<String> WITHOUT_DEVICE = Set.of("tmpfs", "ramfs", "overlay");

    /** Of other computers. What is mounted by a program of the person's own says so in its name. */
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

    /** A server and what it serves: {@code nas:/photos}, {@code //nas/photos}, {@code https://...}. */
    private static final Pattern SERVER =
            Pattern.compile("[/\\\\]{2}[^/\\\\].*|[a-z][a-z0-9+.-]*://.*|[^/\\\\:]{2,}:/.*");

    /** Folders that a cloud's program keeps the same in other places, and may empty to save room. */
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

    /** @param blocks the folder in which Linux lists block devices; another system has none */
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
            // macOS mounts every disk but its own there.
            isBuiltIn = !root.startsWith(MAC_VOLUMES);
        }
        return new Volume(type, device, isBuiltIn);
    }

    /**
     * Whether its files may have a limit in size that a write beyond it meets at once: exFAT and NTFS would first fill 4 GiB with
     * zeros to find out.
     */
    boolean isFat() {
        return !type.contains("exfat") && (type.contains("fat") || type.contains("msdos"));
    }

    /** Whether it wants a check after a power cut before anything is written to it. */
    public boolean needsCheckAfterPowerCut() {
        return WITHOUT_LOG.contains(type);
    }

    /** Whether what was forced of a file stays durable when the file gets another name. */
    public boolean keepsForcedBytes() {
        return WITH_DURABLE_BYTES.contains(type);
    }

    /** Whether what is stored there is, or will be, on another computer, as far as its names tell. */
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
     * USB hard disks do not call themselves removable, only their connection gives them away; card readers inside the
     * computer say the type of the card. An encrypted or joined device is what it is made of.
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
