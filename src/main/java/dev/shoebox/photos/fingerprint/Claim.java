package dev.shoebox.photos.fingerprint;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a library says of the bytes of one file. A claim, never a proof: it may be stale, swapped or made up.
 *
 * @param other what the library says of the same file in another place, where that differs: one of the two is stale
 * @param size of the file in bytes as the library recorded it; empty where it did not
 */
public record Claim(Fingerprint fingerprint, Optional<Fingerprint> other, OptionalLong size) {
    /** A claim that nothing in the library contradicts. */
    public Claim(Fingerprint fingerprint, OptionalLong size) {
        this(fingerprint, Optional.empty(), size);
    }

    /** Whether a file of that many bytes can be what is claimed. */
    public boolean allows(long bytes) {
        return size.isEmpty() || size.getAsLong() == bytes;
    }

    /** Whether a file with that fingerprint is what is claimed. */
    public boolean isOf(Fingerprint computed) {
        return computed.equals(fingerprint) || other.filter(computed::equals).isPresent();
    }

    /** Whether the library contradicts itself: then it tells nothing of a file that was not read. */
    public boolean isDisputed() {
        return other.isPresent();
    }

    /** What is claimed if a library says both of one file. */
    Claim and(Claim more) {
        Optional<Fingerprint> second =
                other.or(() -> Optional.of(more.fingerprint).filter(print -> !print.equals(fingerprint)));
        return new Claim(fingerprint, second, size.isPresent() ? size : more.size);
    }
}
