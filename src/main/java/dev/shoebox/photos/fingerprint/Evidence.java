package dev.shoebox.photos.fingerprint;

import java.util.Optional;

/**
 * What is known of a content beyond its SHA-256.
 *
 * @param fingerprint computed of its bytes; empty where that was not done when they were hashed
 * @param proof how it was found to be what its source has; empty where nobody wrote that down
 */
public record Evidence(Optional<Fingerprint> fingerprint, Optional<Proof> proof) {
    public static final Evidence NONE = new Evidence(Optional.empty(), Optional.empty());

    public static Evidence of(Optional<Fingerprint> fingerprint, Proof proof) {
        return new Evidence(fingerprint, Optional.of(proof));
    }

    public boolean isClaim() {
        return proof.filter(how -> how == Proof.CLAIMED).isPresent();
    }
}
