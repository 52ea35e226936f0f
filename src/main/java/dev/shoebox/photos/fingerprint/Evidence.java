package dev.shoebox.photos.fingerprint;

import java.util.Optional;

/**
 * Evidence about a content beyond its SHA-256.
 *
 * @param fingerprint computed from its bytes; empty if not computed
 * @param proof how it was verified against its source; empty if not recorded
 */
public record Evidence(Optional<Fingerprint> fingerprint, Optional<Proof> proof) {
    public static final Evidence NONE = new Evidence(Optional.empty(), Optional.empty());

    public boolean isClaim() {
        return proof.filter(how -> how == Proof.CLAIMED).isPresent();
    }
}
