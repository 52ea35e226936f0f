package dev.shoebox.system;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the system tells of the storage that a file lies on. Java looks it up in the list of what is mounted, which names
 * neither the root of a chroot nor, in some containers, anything: "Mount point not found" is no defect of a disk.
 */
public final class Storage {
    private static final Pattern LETTER = Pattern.compile("/[A-Za-z]:/");

    /** With room for the name of a server, and for what SQLite puts behind the names of files of its own. */
    private static final int LONGEST_OF_WINDOWS = 200;

    private Storage() {}

    /**
     * @param existing a file or folder that is there
     * @return empty where the system does not say on what it lies
     * @throws IOException if it is not there
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
     * How SQLite is told of a file. Java puts the server of a share of Windows where a URI has it, and SQLite takes none there. A
     * path of more than 260 letters is one for Windows only where it is spelled as those of devices are.
     *
     * @param file of a path
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
     * @param existing a file or folder that is there
     * @return bytes that this person may still write; {@link Long#MAX_VALUE} where the system does not know
     * @throws IOException if it is not there
     */
    public static long freeBytes(Path existing) throws IOException {
        Optional<FileStore> store = of(existing);
        return store.isPresent() ? freeBytes(store.get()) : existing.toFile().getUsableSpace();
    }

    /** Some file systems in programs of their own (smbnetfs), and a tmpfs without a limit, say that they hold no bytes at all. */
    static long freeBytes(FileStore store) throws IOException {
        return store.getTotalSpace() == 0 ? Long.MAX_VALUE : store.getUsableSpace();
    }
}
