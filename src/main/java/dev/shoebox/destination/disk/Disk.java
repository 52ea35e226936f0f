package dev.shoebox.destination.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The disk of a destination: the few calls on which durability is built.
 *
 * <p>Every path is relative to the root, with {@code /} between components; the root itself is the empty path. No call
 * follows a symbolic link at any component: a call that meets one fails. Written data is durable only as far as a force
 * guarantees it.
 */
public interface Disk {
    /** @param size in bytes; meaningful for files only */
    record Entry(Kind kind, long size) {
        public enum Kind {
            FILE,
            FOLDER,
            OTHER
        }

        public boolean isFile() {
            return kind == Kind.FILE;
        }
    }

    /**
     * The parts of a file that is too large for the disk: {@code NAME.001}, {@code NAME.002} and so on.
     *
     * @param sha256 of the whole file
     * @param digests SHA-256 of each part, in order
     */
    record Parts(String sha256, List<String> digests) {
        /** The highest number of a part. */
        public static final int MOST = 999;

        public Parts {
            digests = List.copyOf(digests);
        }

        /** @param number from 1 on */
        public static String path(String file, int number) {
            return file + "." + String.format(Locale.ROOT, "%03d", number);
        }

        /** Returns the path of the note that joins the parts. */
        public static String note(String file) {
            return file + ".sha256";
        }

        public List<String> paths(String file) {
            return IntStream.rangeClosed(1, digests.size())
                    .mapToObj(number -> path(file, number))
                    .toList();
        }
    }

    /** A file open for writing. */
    interface Out extends Closeable {
        /** Appends every remaining byte. */
        void write(ByteBuffer bytes) throws IOException;

        void truncate(long size) throws IOException;

        /** Makes content, size and times durable. Must never be called again after it failed. */
        void force() throws IOException;
    }

    /** Returns what exists at a path; empty if nothing does. */
    Optional<Entry> look(String path) throws IOException;

    /** Returns the parts of a file; empty if it is not in parts, or does not exist. */
    default Optional<Parts> parts(String path) throws IOException {
        return Optional.empty();
    }

    /**
     * Completes a file that grew beyond what the disk can hold: writes the note that joins its parts, so that it can be moved
     * to its folder.
     *
     * @param name of the published file
     */
    default void note(String path, String name, Parts parts) throws IOException {
        throw new FileSystemException(path, null, "this disk has no files in parts");
    }

    /** Returns the names that a file of this size needs: its own, and those of its parts if it is too large for the disk. */
    default List<String> takenBy(String path, long size) {
        return List.of(path);
    }

    /** Returns whether a file of this size can only be stored in parts. */
    default boolean needsParts(long size) {
        return takenBy("", size).size() > 1;
    }

    /** Returns whether all names that a file of this size needs are free. */
    default boolean isClear(String path, long size) throws IOException {
        for (String taken : takenBy(path, size)) {
            if (look(taken).isPresent()) {
                return false;
            }
        }
        return true;
    }

    /** Returns the disk itself, on which each part is a file. */
    default Disk bare() {
        return this;
    }

    /** Returns whether it joins parts to files. */
    default boolean joinsParts() {
        return bare() != this;
    }

    /** Returns why a file may not be read, as a sentence for the user; empty if it may, as far as that is known. */
    default Optional<String> denied(String path) throws IOException {
        return Optional.empty();
    }

    /** Returns whether a file exists there, and not a folder or a link. */
    default boolean hasFile(String path) throws IOException {
        return look(path).filter(Entry::isFile).isPresent();
    }

    /**
     * Returns whether a file has further names, as in a snapshot of hard links: changing it would change them, too.
     * False if the disk does not provide this.
     */
    default boolean hasOtherNames(String path) throws IOException {
        return false;
    }

    /**
     * Returns an identity that distinguishes a file from another that took its name; empty if the disk does not provide
     * one.
     */
    default Optional<Object> key(String path) throws IOException {
        return Optional.empty();
    }

    /** Returns the names in a folder, in no particular order; none if the folder does not exist. */
    List<String> names(String folder) throws IOException;

    SeekableByteChannel read(String path) throws IOException;

    /**
     * Passes a file's bytes in order, read from the disk itself and not from the system's cache: only this shows that a
     * drive was removed, or stored other bytes than it received.
     *
     * @param taker must not keep the buffer
     * @return false, without having passed any byte, if this disk does not support direct reads
     */
    boolean readPastCache(String path, Consumer<ByteBuffer> taker) throws IOException;

    /** Creates a file. Fails if the name exists. */
    Out create(String path) throws IOException;

    /** Opens a file at its end; creates it if necessary. */
    Out append(String path) throws IOException;

    void stamp(String path, Instant modified) throws IOException;

    /** Returns the modification time of a file; empty if this disk stores none. */
    default Optional<Instant> modified(String path) throws IOException {
        return Optional.empty();
    }

    /** Forces a closed file through a writable handle: Windows forces nothing without write access. */
    void force(String path) throws IOException;

    /** Returns whether it belongs to another computer or a cloud, as far as its names show. */
    default boolean isElsewhere() throws IOException {
        return false;
    }

    /**
     * Returns whether its file system has no journal, so that it may be in disorder after a power cut until it is
     * checked.
     */
    default boolean keepsNoLog() throws IOException {
        return false;
    }

    /** Drops forced data of a file from the system's cache; does nothing if that is impossible. */
    default void forget(String path) throws IOException {}

    /** Returns whether the bytes of a forced file stay durable when it gets a second name and loses its first. */
    default boolean keepsForcedBytes() throws IOException {
        return false;
    }

    /** Returns whether forced data may still be in a cache of the drive itself, which no call reaches. */
    default boolean forcesWeakly() {
        return false;
    }

    /** Makes the names in a folder durable. */
    void forceFolder(String path) throws IOException;

    /** Creates a folder in an existing one. Fails if the name exists. */
    void makeFolder(String path) throws IOException;

    /** Gives a file a second name. Fails if the name exists. */
    void link(String existing, String fresh) throws IOException;

    /** Returns whether both are names of the same file. */
    default boolean isSame(String one, String other) throws IOException {
        return false;
    }

    /** Returns the target of a symbolic link, with {@code /} between components; empty if there is no link. */
    default Optional<String> leadsTo(String path) throws IOException {
        return Optional.empty();
    }

    /**
     * Creates a symbolic link for users, which no call here follows. Fails if the name exists, or if the disk does not
     * support such links.
     *
     * @param target relative to the folder of the link, or absolute
     */
    default void symbolicLink(String target, String fresh) throws IOException {
        throw new IOException("this disk has no symbolic links");
    }

    /** Renames a file. Fails if the name exists, as far as the disk can tell. */
    void move(String from, String fresh) throws IOException;

    void delete(String path) throws IOException;

    /** Lets every user read new files and folders; before, only their owner can. Existing ones stay as they are. */
    void share();

    /** Returns whether a file has the mode with which it was created. */
    boolean keepsMode(String path) throws IOException;

    /**
     * Returns the largest file that this disk can hold, in bytes; determined with a scratch file of that name if
     * necessary.
     */
    long largestFile(String scratch) throws IOException;

    /** Closes handles that are kept between calls; later calls open them again. */
    default void letGo() {}

    /** Returns the free bytes. */
    long freeBytes() throws IOException;
}
