package dev.shoebox.system;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Queries the storage below a file. Java looks it up in the mount table, which lacks the root of a chroot and may be
 * empty in a container: "Mount point not found" is not a disk error.
 */
public final class Storage {
    private static final Pattern LETTER = Pattern.compile("/[A-Za-z]:/");

    /** Leaves room for a server name, and for the suffixes of SQLite's own files. */
    private static final int LONGEST_OF_WINDOWS = 200;

    private Storage() {}

    /**
     * Returns the file store of a file.
     *
     * @param existing an existing file or folder
     * @return empty if the system does not know
     * @throws IOException if it does not exist
     */
    public static Optional<FileStore> of(Path existing) throws IOException {
        try {
            return Optional.of(Files.getFileStore(existing));
        } catch (IOException | RuntimeException unlisted) {
            existing.getFileSystem().provider().checkAccess(existing);
            return Optional.empty();
        }
    }

    /**
     * Returns the URI of a file for SQLite. For a share on Windows, Java puts the server where SQLite accepts none.
     * Windows accepts paths of more than 260 characters only in the form for devices.
     *
     * @param file the URI of a path
     */
    public static String databaseUri(URI file) {
        String server = file.getRawAuthority();
        boolean isOfWindows = server != null || LETTER.matcher(file.getPath()).lookingAt();
        if (isOfWindows && file.getPath().length() > LONGEST_OF_WINDOWS) {
            return file.getScheme() + ":////%3F" + (server == null ? "" : "/UNC/" + server) + file.getRawPath();
        }
        return server == null ? file.toString() : file.getScheme() + ":////" + server + file.getRawPath();
    }

    /**
     * Returns the free space.
     *
     * @param existing an existing file or folder
     * @return the bytes that this user may still write; {@link Long#MAX_VALUE} if unknown
     * @throws IOException if it does not exist
     */
    public static long freeBytes(Path existing) throws IOException {
        Optional<FileStore> store = of(existing);
        return store.isPresent() ? freeBytes(store.get()) : existing.toFile().getUsableSpace();
    }

    /** Some FUSE file systems (smbnetfs), and a tmpfs without a limit, report a total size of 0. */
    static long freeBytes(FileStore store) throws IOException {
        return store.getTotalSpace() == 0 ? Long.MAX_VALUE : store.getUsableSpace();
    }
}
