package dev.shoebox.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Finds a backup by its identity, wherever its drive is mounted today. Only looks; nothing is ever made where a drive should
 * be.
 */
public final class Drives {
    private static final Path LINUX_MOUNTS = Path.of("/proc/self/mounts");
    private static final Path MAC_VOLUMES = Path.of("/Volumes");

    /** What no drive is, and shares, which answer late or never when their server is away. */
    private static final Set<String> NO_DRIVES = Set.of(
            "proc",
            "sysfs",
            "devtmpfs",
            "devpts",
            "cgroup",
            "cgroup2",
            "mqueue",
            "securityfs",
            "debugfs",
            "tracefs",
            "pstore",
            "bpf",
            "configfs",
            "fusectl",
            "hugetlbfs",
            "autofs",
            "binfmt_misc",
            "nsfs",
            "rpc_pipefs",
            "efivarfs",
            "squashfs",
            "ramfs",
            "nfs",
            "nfs4",
            "cifs",
            "smb3",
            "fuse.sshfs",
            "fuse.portal",
            "fuse.gvfsd-fuse");

    private final Function<Path, Optional<String>> identity;
    private final List<Path> mounts;

    /**
     * @param identity tells which backup a folder holds, if it holds one
     * @param mounts the tops of the mounted file systems
     */
    public Drives(Function<Path, Optional<String>> identity, List<Path> mounts) {
        this.identity = identity;
        this.mounts = mounts;
    }

    /** The tops of what is mounted on this computer now. */
    public static List<Path> mounted() {
        Set<Path> tops = new LinkedHashSet<>();
        FileSystems.getDefault().getRootDirectories().forEach(tops::add);
        try {
            if (Files.isReadable(LINUX_MOUNTS)) {
                tops.addAll(mounts(Files.readString(LINUX_MOUNTS, StandardCharsets.ISO_8859_1)));
            }
            if (Files.isDirectory(MAC_VOLUMES)) {
                try (DirectoryStream<Path> volumes = Files.newDirectoryStream(MAC_VOLUMES)) {
                    volumes.forEach(tops::add);
                }
            }
        } catch (IOException unknown) {
            // Then the drive is looked for where it was.
        }
        return List.copyOf(tops);
    }

    /** @param text as in proc(5) */
    public static List<Path> mounts(String text) {
        return MountTable.parse(text).stream()
                .filter(mount -> !NO_DRIVES.contains(mount.type()))
                .map(MountTable.Mount::top)
                .toList();
    }

    /**
     * The folder with the backup of this identity: where it was, or below the top of a drive under the last parts of the
     * path it had.
     */
    public Optional<Path> find(Path was, String id) {
        if (isIt(was, id)) {
            return Optional.of(was);
        }
        for (Path top : mounts) {
            for (int names = was.getNameCount(); names >= 0; names--) {
                Path there =
                        names == 0 ? top : top.resolve(was.subpath(was.getNameCount() - names, was.getNameCount()));
                if (isIt(there, id)) {
                    return Optional.of(there);
                }
            }
        }
        return Optional.empty();
    }

    private boolean isIt(Path folder, String id) {
        return identity.apply(folder).filter(id::equals).isPresent();
    }
}
