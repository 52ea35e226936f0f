package dev.shoebox.archive.packing;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/** One archive, or one folder, that is being filled. */
public interface Container extends Closeable {
    /** What is carried at a time, in bytes. */
    int CHUNK = 1 << 18;

    /**
     * Adds one file.
     *
     * @param entry its name, size and dates; of no importance is its SHA-256
     * @param crc32 of the content
     * @param content of exactly that size
     */
    void add(Member entry, long crc32, InputStream content) throws IOException;

    /** Ends it and makes it durable. Nothing may be added after. */
    void finish() throws IOException;

    /** Bytes on the disk, once it is finished. */
    long size();

    /** Of the bytes on the disk, once it is finished; empty for a folder. */
    default String sha256() {
        return "";
    }

    /**
     * Takes away what was made, and nothing else.
     *
     * @param path where it is now
     */
    void remove(String path) throws IOException;

    /** Closes what is open, finished or not; gives nothing up that was finished. */
    @Override
    void close() throws IOException;
}
