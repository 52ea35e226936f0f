package dev.shoebox.system;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the system tells of the storage that a file lies on. Java looks it up in the list of what is mounted, which names
 * neither the root of a chroot nor, in some containers, anything: "Mount point not found" is no defect of a disk.
 */
public final class Storage {
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
     * How SQLite is told of a file. Java puts the server of a share of Windows where a URI has it, and SQLite takes none there.
     *
     * @param file of a path
     */
    public static String databaseUri(URI file) {
        String server = file.getRawAuthority();
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
