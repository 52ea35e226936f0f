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

/** What is mounted where, as Linux lists it in {@code /proc/self/mounts} (proc(5)). */
public final class MountTable {
    private static final Path LINUX = Path.of("/proc/self/mounts");
    private static final Pattern OCTAL = Pattern.compile("\\\\([0-3][0-7]{2})");

    /** Below these each drive has a folder of its own, which may stay there, or be made by a slip, when it is away. */
    private static final List<Path> FOR_DRIVES =
            Stream.of("/media", "/run/media", "/mnt", "/Volumes").map(Path::of).toList();

    private MountTable() {}

    /**
     * One line.
     *
     * @param top of the file system
     * @param type of it, as the system names it
     */
    public record Mount(Path top, String type) {}

    /** @param text in which a space within a path is written as {@code \040} */
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
                    // Java cannot open it, so nothing of ours is there.
                }
            }
        });
        return mounts;
    }

    /**
     * The folder of a drive that is not there: whatever is written below it fills the disk of the system.
     *
     * @param folder that is to be written to; need not be there
     * @return empty where a drive is, where none need be, and where nobody knows
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
                // The folder above it may be there.
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
