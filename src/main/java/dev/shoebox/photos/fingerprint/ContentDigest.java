package dev.shoebox.photos.fingerprint;

import dev.shoebox.text.Sha256;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that is computed of the bytes of a file, in one pass over them: SHA-256, and what else is wanted. Not safe for
 * use by several threads.
 */
public final class ContentDigest {
    /** A phone is asked for SHA-1 of so many bytes at most, and of a larger file for one after the other. */
    public static final long PART = 2L << 30;

    /** A phone that hashes ranges is asked for so many bytes of a file as they come. */
    public static final long PIECE = 32L << 20;

    /** So many bytes stay in the processor's nearest memory while each digest takes them. */
    private static final int BLOCK = 8 << 10;

    private final MessageDigest sha256;
    private final FingerprintDigest fingerprint; // or null
    private final PartDigest sha1; // or null
    private final byte[] block = new byte[BLOCK];

    /** What can be computed beside SHA-256; each costs nearly as much processor time as that. */
    public enum Extra {
        /** The fingerprint of Photos. */
        FINGERPRINT,
        /** SHA-1 of the bare bytes, as a phone computes it of its files. */
        SHA1,
        /** In place of it, SHA-1 of each {@link #PIECE}. */
        SHA1_OF_PIECES
    }

    public ContentDigest(Set<Extra> extras) {
        this(
                Sha256.digest(),
                extras.contains(Extra.FINGERPRINT) ? new FingerprintDigest() : null,
                sha1(extras).orElse(null));
    }

    private static Optional<PartDigest> sha1(Set<Extra> extras) {
        if (extras.contains(Extra.SHA1_OF_PIECES)) {
            return Optional.of(new PartDigest(PIECE));
        }
        return extras.contains(Extra.SHA1) ? Optional.of(new PartDigest(PART)) : Optional.empty();
    }

    private ContentDigest(MessageDigest sha256, FingerprintDigest fingerprintOrNull, PartDigest sha1OrNull) {
        this.sha256 = sha256;
        this.fingerprint = fingerprintOrNull;
        this.sha1 = sha1OrNull;
    }

    /**
     * What came of it.
     *
     * @param sha256 64 lower-case hexadecimal digits
     * @param fingerprint empty where it was not wanted
     * @param sha1 40 of them for each {@link #PART} or {@link #PIECE}, one after the other; empty where it was not wanted
     */
    public record Result(String sha256, Optional<Fingerprint> fingerprint, Optional<String> sha1) {}

    /** Takes the bytes from position to limit. */
    public void update(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            int count = Math.min(block.length, bytes.remaining());
            bytes.get(block, 0, count);
            sha256.update(block, 0, count);
            if (fingerprint != null) {
                fingerprint.update(block, 0, count);
            }
            if (sha1 != null) {
                sha1.update(block, 0, count);
            }
        }
    }

    /** Of everything it was fed; nothing can be added after. */
    public Result complete() {
        return new Result(
                Sha256.hex(sha256),
                Optional.ofNullable(fingerprint).map(FingerprintDigest::complete),
                Optional.ofNullable(sha1).map(PartDigest::complete));
    }

    /** SHA-256 of what it was fed so far: 64 lower-case hexadecimal digits. */
    public String sha256SoFar() {
        return Sha256.hex(copy(sha256));
    }

    /** One that goes on from the same bytes. */
    public ContentDigest copy() {
        return new ContentDigest(
                copy(sha256), fingerprint == null ? null : fingerprint.copy(), sha1 == null ? null : sha1.copy());
    }

    static MessageDigest copy(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's digests can be cloned", e);
        }
    }
}
