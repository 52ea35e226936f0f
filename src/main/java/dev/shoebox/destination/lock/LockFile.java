package dev.shoebox.destination.lock;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.SymbolicLinkException;
import dev.shoebox.destination.records.Identity;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** Reads and writes the lock file and the record of its holder. */
final class LockFile {
    static final String HOLDER = "lock.json";
    static final String LOCK = "lock";

    /** The maximum size of a record, in bytes; ours are much smaller. */
    private static final int LONGEST = 64 * 1024;

    private LockFile() {}

    /** Returns the record as stored in the file. */
    static ByteBuffer bytes(LockRecord record) {
        return ByteBuffer.wrap((record.line() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Rejects links, pipes and the like in place of the two files.
     *
     * @param folder {@code .shoebox}
     */
    static void requireOrdinary(Path folder) throws IOException {
        for (String name : new String[] {HOLDER, LOCK}) {
            Path file = folder.resolve(name);
            if (Files.isSymbolicLink(file)) {
                throw new SymbolicLinkException(file);
            }
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                    && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw DestinationException.inTheWay(Identity.FOLDER + "/" + name, "file");
            }
        }
    }

    /** Opens one of them, with access for its owner only if it is created, without following links. */
    static FileChannel open(Path file, OpenOption how) throws IOException {
        Set<OpenOption> options = how == StandardOpenOption.WRITE
                ? Set.of(how, LinkOption.NOFOLLOW_LINKS)
                : Set.of(StandardOpenOption.WRITE, how, LinkOption.NOFOLLOW_LINKS);
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? FileChannel.open(
                        file,
                        options,
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                : FileChannel.open(file, options);
    }

    /** Returns the holder of the lock; empty if there is no readable record. */
    static Optional<LockRecord> read(Path holder) {
        if (!Files.isRegularFile(holder, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(holder, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of(LockRecord.parse(new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8)));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /**
     * Removes the record durably: on FAT, a name that comes back after a power cut also brings back its blocks, where a
     * photo may be by then.
     *
     * @return whether there was one
     */
    static boolean remove(Path holder) throws IOException {
        boolean existed = Files.deleteIfExists(holder);
        if (existed) {
            try (FileChannel folder = FileChannel.open(holder.getParent(), StandardOpenOption.READ)) {
                folder.force(true);
            } catch (IOException e) {
                // Windows cannot force folders; NTFS writes its journal by itself.
            }
        }
        return existed;
    }
}
