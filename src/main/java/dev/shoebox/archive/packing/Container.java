package dev.shoebox.archive.packing;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/** An archive or folder that is being filled. */
public interface Container extends Closeable {
    /** The size of the transfer buffer, in bytes. */
    int CHUNK = 1 << 18;

    /**
     * Adds one file.
     *
     * @param entry its name, size and dates; its SHA-256 is ignored
     * @param crc32 of the content
     * @param content of exactly that size
     */
    void add(Member entry, long crc32, InputStream content) throws IOException;

    /** Finishes the container and makes it durable. Nothing may be added afterwards. */
    void finish() throws IOException;

    /** Returns the size on disk, in bytes, once it is finished. */
    long size();

    /** Returns the SHA-256 of the bytes on disk, once it is finished; empty for a folder. */
    default String sha256() {
        return "";
    }

    /**
     * Removes what was created, and nothing else.
     *
     * @param path the path where it is now
     */
    void remove(String path) throws IOException;

    /** Closes open files, whether or not it is finished. Removes nothing that was finished. */
    @Override
    void close() throws IOException;
}
