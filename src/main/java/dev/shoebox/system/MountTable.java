package dev.shoebox.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The mounted file systems, as Linux lists them in {@code /proc/self/mounts} (proc(5)). */
public final class MountTable {
    private static final Path LINUX = Path.of("/proc/self/mounts");
    private static final Pattern OCTAL = Pattern.compile("\\\\([0-3][0-7]{2})");

    /** Each drive has a folder below these, which may remain, or be created by mistake, while the drive is absent. */
    private static final List<Path> FOR_DRIVES =
            Stream.of("/media", "/run/media", "/mnt", "/Volumes").map(Path::of).toList();

    private MountTable() {}

    /**
     * One line.
     *
     * @param top the mount point
     * @param type the type of file system, as the system names it
     */
    public record Mount(Path top, String type) {}

    /** @param text spaces in paths are written as {@code \040} */
    public static List<Mount> parse(String text) {
        List<Mount> mounts = new ArrayList<>();
        text.lines().forEach(line -> {
            String[] fields = line.split(" ", -1);
            if (fields.length > 2) {
                String raw = OCTAL.matcher(fields[1])
                        .replaceAll(code ->
                                Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(code.group(1), 8))));
                try {
                    Path top = Path.of(new String(raw.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
                    mounts.add(new Mount(top, fields[2]));
                } catch (InvalidPathException unnameable) {
                    // Java cannot open it, so it contains nothing of ours.
                }
            }
        });
        return mounts;
    }

    /**
     * Returns the folder of an absent drive: everything written below it would fill the system disk.
     *
     * @param folder the folder to write to, which need not exist
     * @return empty if the drive is present, if none is needed, or if that is unknown
     */
    public static Optional<Path> missingDrive(Path folder) {
        Path whole = real(folder.toAbsolutePath().normalize());
        return FOR_DRIVES.stream()
                .filter(top -> whole.startsWith(top) && !whole.equals(top) && !isMountedBelow(top, whole))
                .map(top -> whole)
                .findFirst();
    }

    private static Path real(Path whole) {
        for (Path at = whole; at != null; at = at.getParent()) {
            try {
                return at.toRealPath().resolve(at.relativize(whole));
            } catch (IOException absent) {
                // The folder above may exist.
            }
        }
        return whole;
    }

    private static boolean isMountedBelow(Path top, Path whole) {
        try {
            if (Files.isReadable(LINUX)) {
                return parse(Files.readString(LINUX, StandardCharsets.ISO_8859_1)).stream()
                        .map(Mount::top)
                        .anyMatch(mount -> mount.startsWith(top) && whole.startsWith(mount));
            }
            Path there = whole;
            while (Files.notExists(there)) {
                there = there.getParent();
            }
            FileStore store = Files.getFileStore(there);
            return !store.equals(Files.getFileStore(Path.of("/")));
        } catch (IOException | RuntimeException unknown) {
            return true;
        }
    }
}
