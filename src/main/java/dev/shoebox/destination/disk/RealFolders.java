package dev.shoebox.destination.disk;

import dev.shoebox.system.PathKind;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The paths of folders below a root, checked for links a moment ago. */
final class RealFolders {
    /**
     * How long a folder counts as free of links. Storing a small file checked its folders fourteen times, and an
     * attacker could also place a link between a check and the call after it.
     */
    private static final long TRUSTED_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final int TRUSTED_FOLDERS = 256;

    private final Path root;

    /** Folders whose paths contained no link. */
    private final Map<String, Real> known = new ConcurrentHashMap<>();

    RealFolders(Path root) {
        this.root = root;
    }

    /** @param nanos when it was checked */
    private record Real(Path path, long nanos) {}

    /** Returns a folder whose path contains no link. */
    Path path(String folder) throws IOException {
        if (folder.isEmpty()) {
            return root;
        }
        Real last = known.get(folder);
        if (last != null && System.nanoTime() - last.nanos() < TRUSTED_NANOS) {
            return last.path();
        }
        Path path = root;
        for (String name : folder.split("/", -1)) {
            path = child(path, name);
            if (PathKind.isLink(path)) {
                throw new SymbolicLinkException(path);
            }
        }
        if (known.size() >= TRUSTED_FOLDERS) {
            known.clear();
        }
        known.put(folder, new Real(path, System.nanoTime()));
        return path;
    }

    static Path child(Path folder, String name) throws IOException {
        Path path;
        try {
            path = folder.resolve(name);
        } catch (InvalidPathException e) {
            // With backslashes as separators, some characters are in no name, whatever the locale.
            boolean isWindows = folder.getFileSystem().getSeparator().equals("\\");
            throw new FileSystemException(
                    name,
                    null,
                    "this name cannot be used here" + (isWindows ? "" : "; set a UTF-8 locale such as LC_ALL=C.UTF-8"));
        }
        if (name.isEmpty() || name.equals(".") || name.equals("..") || !folder.equals(path.getParent())) {
            throw new FileSystemException(path.toString(), null, "would lie outside the destination");
        }
        return path;
    }
}
