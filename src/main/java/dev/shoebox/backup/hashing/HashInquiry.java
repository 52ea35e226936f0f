package dev.shoebox.backup.hashing;

import dev.shoebox.photos.fingerprint.ContentDigest;
import dev.shoebox.photos.source.MediaFile;

/**
 * A question about the hash of a file or a piece of it.
 *
 * @param piece the number of a piece; {@link #WHOLE} for the whole file
 */
record HashInquiry(MediaFile file, int piece) {
    static final int WHOLE = -1;

    boolean isOfAll() {
        return piece == WHOLE;
    }

    /** Returns the first byte of the piece. */
    long start() {
        return piece * ContentDigest.PIECE;
    }

    /** Returns the length of the piece in bytes. */
    long length() {
        return Math.min(ContentDigest.PIECE, file.size() - start());
    }
}
