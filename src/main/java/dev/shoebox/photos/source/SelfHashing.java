package dev.shoebox.photos.source;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** A source that may hash its files itself, so that what came of them can be compared without carrying them twice. */
public interface SelfHashing {
    /**
     * Opens a connection of its own for this: it works beside a stream.
     *
     * @throws IOException if the source is lost, or does not give another connection
     */
    FileHashes hashes() throws IOException;

    /**
     * Whether it answers a question over the connection that it has already: another connection takes a phone a quarter of a
     * second. Not while a stream is open. Where the source is lost meanwhile, it does not.
     */
    boolean answersAtHand(Question question);

    /** One question; it closes nothing. */
    interface Question {
        Optional<String> ask(FileHashes connection) throws IOException;
    }

    /** A source as one that may hash its files; empty for one that never does. */
    static Optional<SelfHashing> of(MediaSource source) {
        return source instanceof SelfHashing hashing ? Optional.of(hashing) : Optional.empty();
    }

    /** Used by one thread. What it answers is a claim of the source, to be tried before it is believed. */
    interface FileHashes extends Closeable {
        /**
         * Has the source hash a whole file.
         *
         * @return SHA-1 as 40 lower-case hexadecimal digits, of a large file those of its parts as
         *     {@link dev.shoebox.photos.fingerprint.ContentDigest} has them; empty if the source does not do it
         * @throws IOException if the source is lost
         */
        Optional<String> sha1(MediaFile file) throws IOException;

        /**
         * Has the source hash a part of a file.
         *
         * @param start the first byte
         * @param length in bytes, at least 1
         * @return SHA-1 as 40 lower-case hexadecimal digits; empty if the source does not do it
         * @throws IOException if the source is lost
         */
        Optional<String> sha1(MediaFile file, long start, long length) throws IOException;

        @Override
        void close();
    }
}
