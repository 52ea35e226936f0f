package dev.shoebox.destination.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The disk below a destination's root: the few calls that durability is built from.
 *
 * <p>Every path is relative to the root, its components joined by {@code /}; the root itself is the empty path. No call
 * follows a symbolic link, at whatever component: one that meets a link fails. What was written is durable only as far
 * as a force says so.
 */
public interface Disk {
    /** @param size in bytes; of no meaning for what is not a file */
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
     * How a file lies there that is too large for the disk: as {@code NAME.001}, {@code NAME.002} and so on.
     *
     * @param sha256 of the whole
     * @param digests SHA-256 of each part, in their order
     */
    record Parts(String sha256, List<String> digests) {
        public Parts {
            digests = List.copyOf(digests);
        }

        /** @param number from 1 on */
        public static String path(String file, int number) {
            return file + "." + String.format(Locale.ROOT, "%03d", number);
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

        /** Content, size and times are durable when this returns; never to be called again once it failed. */
        void force() throws IOException;
    }

    /** What lies there; empty if nothing does. */
    Optional<Entry> look(String path) throws IOException;

    /** How a file lies there in parts; empty for one that does not, and where nothing lies. */
    default Optional<Parts> parts(String path) throws IOException {
        return Optional.empty();
    }

    /** Why a file that lies there may not be read, one sentence for people; empty where it may, as far as that is told. */
    default Optional<String> denied(String path) throws IOException {
        return Optional.empty();
    }

    /** Whether a file lies there, and not a folder, a link or nothing. */
    default boolean hasFile(String path) throws IOException {
        return look(path).filter(Entry::isFile).isPresent();
    }

    /**
     * Whether a file has names besides this one, as in a snapshot of hard links: whoever changes it changes what lies there.
     * False where the disk does not tell.
     */
    default boolean hasOtherNames(String path) throws IOException {
        return false;
    }

    /** What tells a file from another that took its name since; empty where the disk does not tell. */
    default Optional<Object> key(String path) throws IOException {
        return Optional.empty();
    }

    /** The names in a folder, in no order; none if there is no such folder. */
    List<String> names(String folder) throws IOException;

    SeekableByteChannel read(String path) throws IOException;

    /**
     * Hands over a file's bytes in order, read from the disk itself and not from what the system keeps of it in memory:
     * a drive that was pulled, or that stored other bytes than it was given, shows in no other way.
     *
     * @param taker must not keep the buffer
     * @return false, with nothing handed over, where this disk cannot be read so
     */
    boolean readPastCache(String path, Consumer<ByteBuffer> taker) throws IOException;

    /** A new file. Fails if anything has that name. */
    Out create(String path) throws IOException;

    /** A file, new if need be, open at its end. */
    Out append(String path) throws IOException;

    void stamp(String path, Instant modified) throws IOException;

    /** The date of a file that is there; empty where this disk keeps none. */
    default Optional<Instant> modified(String path) throws IOException {
        return Optional.empty();
    }

    /** Forces a closed file through a handle that may write: without that right Windows forces nothing. */
    void force(String path) throws IOException;

    /** Whether it is another computer's, or a cloud's, as far as its names tell. */
    default boolean isElsewhere() throws IOException {
        return false;
    }

    /** Whether its file system keeps no log, so that it may be in disorder after a power cut until it is checked. */
    default boolean keepsNoLog() throws IOException {
        return false;
    }

    /** Has the system forget what it keeps in memory of a file, as far as that was forced; where it cannot, nothing happens. */
    default void forget(String path) throws IOException {}

    /** Whether the bytes of a file that was forced stay durable when it gets a second name and loses its first. */
    default boolean keepsForcedBytes() throws IOException {
        return false;
    }

    /** Whether what was forced may still be in a memory of the drive itself, which no call reaches. */
    default boolean forcesWeakly() {
        return false;
    }

    /** Makes the names in a folder durable. */
    void forceFolder(String path) throws IOException;

    /** Makes one folder in one that exists. Fails if anything has that name. */
    void makeFolder(String path) throws IOException;

    /** A second name for a file. Fails if anything has that name. */
    void link(String existing, String fresh) throws IOException;

    /** Whether both are names of one file. */
    default boolean isSame(String one, String other) throws IOException {
        return false;
    }

    /** Where a symbolic link leads, components joined by {@code /}; empty if none lies there. */
    default Optional<String> leadsTo(String path) throws IOException {
        return Optional.empty();
    }

    /**
     * A symbolic link for people, which no call here follows. Fails if anything has that name, or if the disk has no such links.
     *
     * @param target relative to the folder of the link, or absolute
     */
    default void symbolicLink(String target, String fresh) throws IOException {
        throw new IOException("this disk has no symbolic links");
    }

    /** A new name for a file. Fails if anything has that name, as far as the disk can tell. */
    void move(String from, String fresh) throws IOException;

    void delete(String path) throws IOException;

    /** From here on everybody may read what is made; before that, only its owner. What lies there already stays as it is. */
    void share();

    /** Whether a file that was made here has the mode it was made with. */
    boolean keepsMode(String path) throws IOException;

    /** The largest file this disk can hold, in bytes, found by trying with a scratch file of that name if need be. */
    long largestFile(String scratch) throws IOException;

    /** Gives back the handles that are kept between calls; the next call opens them anew. */
    default void letGo() {}

    /** Bytes that can still be written. */
    long freeBytes() throws IOException;
}
