package dev.shoebox.destination.thumbs;

import dev.shoebox.destination.records.StoredFile;
import dev.shoebox.text.Sha256;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The key of a thumbnail: path and size of a stored file, as 128 bits of their SHA-256. A stored file never changes, so
 * a path with new content nearly always has another size; and only a picture depends on it.
 */
record ThumbnailKey(long high, long low) {
    /** Its size in a file, in bytes. */
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
