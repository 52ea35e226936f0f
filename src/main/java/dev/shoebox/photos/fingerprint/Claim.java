package dev.shoebox.photos.fingerprint;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A library's claim about the bytes of one file. Never a proof: it may be stale, swapped or made up.
 *
 * @param other the fingerprint of the same file in another column, if that differs: one of the two is stale
 * @param size the size of the file that the library recorded, in bytes; empty if it did not
 */
public record Claim(Fingerprint fingerprint, Optional<Fingerprint> other, OptionalLong size) {
    /** Creates a claim that nothing in the library contradicts. */
    public Claim(Fingerprint fingerprint, OptionalLong size) {
        this(fingerprint, Optional.empty(), size);
    }

    /** Returns whether a file of this size can match the claim. */
    public boolean allows(long bytes) {
        return size.isEmpty() || size.getAsLong() == bytes;
    }

    /** Returns whether a file with this fingerprint matches the claim. */
    public boolean isOf(Fingerprint computed) {
        return computed.equals(fingerprint) || other.filter(computed::equals).isPresent();
    }

    /**
     * Returns whether a file with this fingerprint and size, in bytes, may be damaged: it has the recorded size, but not
     * the content that Photos imported. With another size it was changed since.
     */
    public boolean isContradictedBy(Fingerprint computed, long bytes) {
        return bytes > 0 && !isOf(computed) && allows(bytes);
    }

    /** Returns whether the library contradicts itself: the claim then proves nothing about an unread file. */
    public boolean isDisputed() {
        return other.isPresent();
    }

    /** Returns the combination of two claims about one file. */
    Claim and(Claim more) {
        Optional<Fingerprint> second =
                other.or(() -> Optional.of(more.fingerprint).filter(print -> !print.equals(fingerprint)));
        return new Claim(fingerprint, second, size.isPresent() ? size : more.size);
    }
}
