package dev.shoebox.photos.fingerprint;

import java.util.OptionalLong;

/**
 * What a library says of the bytes of one file. A claim, never a proof: it may be stale, swapped or made up.
 *
 * @param size of the file in bytes as the library recorded it; empty where it did not
 */
public record Claim(Fingerprint fingerprint, OptionalLong size) {
    /** Whether a file of that many bytes can be what is claimed. */
    public boolean allows(long bytes) {
        return size.isEmpty() || size.getAsLong() == bytes;
    }
}
