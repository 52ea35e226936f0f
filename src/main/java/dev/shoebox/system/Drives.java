package dev.shoebox.system;

import com.sun.jna.Library;
import com.sun.jna.WString;
import dev.shoebox.system.nativecode.JnaCode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds a backup by its id, wherever its drive is mounted. Only reads: never creates anything in place of a drive. */
public final class Drives {
    private static final Path LINUX_MOUNTS = Path.of("/proc/self/mounts");
    private static final Path MAC_VOLUMES = Path.of("/Volumes");

    /** File systems that are not drives, and network shares, which respond late or never if their server is down. */
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

    private static final Set<String> MAC_SHARES = Set.of("smbfs", "nfs", "afpfs", "webdav", "ftp", "autofs");

    /** {@code DRIVE_NO_ROOT_DIR} and {@code DRIVE_REMOTE}. */
    private static final Set<Integer> NO_LETTERS = Set.of(1, 4);

    private static final Pattern MAC_MOUNT = Pattern.compile(".* on (/.*) \\(([a-z0-9_]+)[,)].*");

    private final Function<Path, Optional<String>> identity;
    private final List<Path> mounts;

    /**
     * Searches these mount points.
     *
     * @param identity returns the id of the backup in a folder, if it holds one
     * @param mounts the mount points to search
     */
    public Drives(Function<Path, Optional<String>> identity, List<Path> mounts) {
        this.identity = identity;
        this.mounts = mounts;
    }

    /** Returns the mount points of this computer. */
    public static List<Path> mounted() {
        Set<Path> tops = new LinkedHashSet<>();
        tops.addAll(letters(FileSystems.getDefault().getRootDirectories(), Drives::typeOfLetter));
        try {
            if (Files.isReadable(LINUX_MOUNTS)) {
                tops.addAll(mounts(Files.readString(LINUX_MOUNTS, StandardCharsets.ISO_8859_1)));
            }
            if (Files.isDirectory(MAC_VOLUMES)) {
                Set<Path> shares = shares(macMounts());
                try (DirectoryStream<Path> volumes = Files.newDirectoryStream(MAC_VOLUMES)) {
                    volumes.forEach(volume -> {
                        if (!shares.contains(volume)) {
                            tops.add(volume);
                        }
                    });
                }
            }
        } catch (IOException unknown) {
            // Continue with its last known path only.
        }
        return List.copyOf(tops);
    }

    private interface Kernel32 extends Library {
        int GetDriveTypeW(WString root);
    }

    /**
     * Returns the type as Windows knows it without accessing the drive; empty on other systems, and without native
     * code.
     */
    private static OptionalInt typeOfLetter(Path root) {
        if (OperatingSystem.current() != OperatingSystem.WINDOWS) {
            return OptionalInt.empty();
        }
        return JnaCode.of("kernel32", Kernel32.class)
                .map(kernel -> OptionalInt.of(kernel.GetDriveTypeW(new WString(root.toString()))))
                .orElse(OptionalInt.empty());
    }

    /**
     * Selects the roots that are drives. On Windows, a letter may stand for a share, and outlive its connection.
     *
     * @param type the result of Windows' GetDriveType
     */
    static List<Path> letters(Iterable<Path> roots, Function<Path, OptionalInt> type) {
        List<Path> drives = new ArrayList<>();
        for (Path root : roots) {
            OptionalInt known = type.apply(root);
            if (known.isEmpty() || !NO_LETTERS.contains(known.getAsInt())) {
                drives.add(root);
            }
        }
        return drives;
    }

    /** Returns the output of mount(8), which does not wait for servers. */
    private static String macMounts() throws IOException {
        Process mount =
                new ProcessBuilder("/sbin/mount").redirectErrorStream(true).start();
        try (InputStream out = mount.getInputStream()) {
            return new String(out.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /**
     * Returns the mount points of network shares on macOS.
     *
     * @param text one line for each mount: {@code //anna@nas/photos on /Volumes/photos (smbfs, nodev, mounted by anna)}
     */
    static Set<Path> shares(String text) {
        return text.lines()
                .map(MAC_MOUNT::matcher)
                .filter(Matcher::matches)
                .filter(line -> MAC_SHARES.contains(line.group(2)))
                .map(line -> Path.of(line.group(1)))
                .collect(Collectors.toSet());
    }

    /** @param text in the format of proc(5) */
    public static List<Path> mounts(String text) {
        return MountTable.parse(text).stream()
                .filter(mount -> !NO_DRIVES.contains(mount.type()))
                .map(MountTable.Mount::top)
                .toList();
    }

    /**
     * Returns the folder of the backup with this id: the last known one, or one below the top of a drive with the same
     * trailing path components.
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
