package dev.shoebox.destination.thumbs;

import dev.shoebox.destination.records.StoredFile;
import dev.shoebox.text.Sha256;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a small picture is of: a stored file by its path and size, as 128 bits of their SHA-256. A stored file never changes, so
 * a path that got other content later has another size in all but a few cases; and nothing but a picture depends on it.
 */
record ThumbnailKey(long high, long low) {
    /** How many bytes it takes in a file. */
    static final int BYTES = 2 * Long.BYTES;

    static ThumbnailKey of(StoredFile stored) {
        ByteBuffer digest = ByteBuffer.wrap(
                Sha256.digest().digest((stored.path() + '\n' + stored.size()).getBytes(StandardCharsets.UTF_8)));
        return new ThumbnailKey(digest.getLong(), digest.getLong());
    }

    static ThumbnailKey read(ByteBuffer from) {
        return new ThumbnailKey(from.getLong(), from.getLong());
    }

    void write(ByteBuffer to) {
        to.putLong(high).putLong(low);
    }
}
