package dev.shoebox.photos.source;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A source that may hash its own files, so that a transfer can be verified without reading twice. */
public interface SelfHashing {
    /**
     * Opens a separate connection for hashing, which works beside a stream.
     *
     * @throws IOException if the source is lost, or does not provide another connection
     */
    FileHashes hashes() throws IOException;

    /**
     * Returns whether it answers a question over the existing connection: another one takes a phone a quarter of a
     * second. Not while a stream is open. False if the source is lost meanwhile.
     */
    boolean answersAtHand(Question question);

    /** A question, which closes nothing. */
    interface Question {
        Optional<String> ask(FileHashes connection) throws IOException;
    }

    /** Stands for a source that never hashes its files. */
    SelfHashing NONE = new SelfHashing() {
        @Override
        public FileHashes hashes() throws IOException {
            throw new IOException("The source does not hash its files.");
        }

        @Override
        public boolean answersAtHand(Question question) {
            return false;
        }
    };

    /** Returns the source as one that may hash its files; empty for one that never does. */
    static Optional<SelfHashing> of(MediaSource source) {
        return source instanceof SelfHashing hashing ? Optional.of(hashing) : Optional.empty();
    }

    /** Used by one thread. The answers are claims of the source, which must be tested before they are trusted. */
    interface FileHashes extends Closeable {
        /**
         * Has the source hash a whole file.
         *
         * @return SHA-1 as 40 lower-case hexadecimal digits; for a large file those of its parts, as in
         *     {@link dev.shoebox.photos.fingerprint.ContentDigest}; empty if the source does not hash it
         * @throws IOException if the source is lost
         */
        Optional<String> sha1(MediaFile file) throws IOException;

        /**
         * Has the source hash a range of a file.
         *
         * @param start the first byte
         * @param length in bytes, at least 1
         * @return SHA-1 as 40 lower-case hexadecimal digits; empty if the source does not hash it
         * @throws IOException if the source is lost
         */
        Optional<String> sha1(MediaFile file, long start, long length) throws IOException;

        /**
         * Has the source hash several files, each as {@link #sha1(MediaFile)} does. Asking for all at once saves most
         * of the round trips.
         *
         * @param answered receives the answers in the order of the files
         * @throws IOException if the source is lost; the files without an answer may be requested again
         */
        default void sha1(List<MediaFile> files, Consumer<Optional<String>> answered) throws IOException {
            for (MediaFile file : files) {
                answered.accept(sha1(file));
            }
        }

        @Override
        void close();
    }
}
