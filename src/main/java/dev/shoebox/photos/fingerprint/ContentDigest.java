package dev.shoebox.photos.fingerprint;

import dev.shoebox.text.Sha256;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Computes all digests of a file in one pass over its bytes: SHA-256 and optional others. Not thread-safe. */
public final class ContentDigest {
    /** A phone hashes at most this many bytes per request; a larger file is hashed in consecutive parts. */
    public static final long PART = 2L << 30;

    /** A phone that hashes ranges hashes this many bytes of a file at a time while they arrive. */
    public static final long PIECE = 32L << 20;

    /** So many bytes stay in the processor's cache while each digest reads them. */
    private static final int BLOCK_BYTES = 8 << 10;

    /** Every file has its own digest; the copy buffer is shared by all of a thread. */
    private static final ThreadLocal<byte[]> BLOCK = ThreadLocal.withInitial(() -> new byte[BLOCK_BYTES]);

    private final MessageDigest sha256;
    private final FingerprintDigest fingerprint; // or null
    private final PartDigest sha1; // or null
    private final SlicesDigest slices;

    /** Digests in addition to SHA-256; each takes nearly as much processor time. */
    public enum Extra {
        /** The fingerprint of Photos. */
        FINGERPRINT,
        /** SHA-1 of the bytes, as a phone computes it. */
        SHA1,
        /** Instead of that, SHA-1 of each {@link #PIECE}. */
        SHA1_OF_PIECES
    }

    public ContentDigest(Set<Extra> extras) {
        this(extras, Long.MAX_VALUE);
    }

    /** @param slice what a longer file is cut into, in bytes: SHA-256 of each is computed, too */
    public ContentDigest(Set<Extra> extras, long slice) {
        this(
                Sha256.digest(),
                extras.contains(Extra.FINGERPRINT) ? new FingerprintDigest() : null,
                sha1(extras).orElse(null),
                new SlicesDigest(slice));
    }

    private static Optional<PartDigest> sha1(Set<Extra> extras) {
        if (extras.contains(Extra.SHA1_OF_PIECES)) {
            return Optional.of(new PartDigest(PIECE));
        }
        return extras.contains(Extra.SHA1) ? Optional.of(new PartDigest(PART)) : Optional.empty();
    }

    private ContentDigest(
            MessageDigest sha256, FingerprintDigest fingerprintOrNull, PartDigest sha1OrNull, SlicesDigest slices) {
        this.sha256 = sha256;
        this.fingerprint = fingerprintOrNull;
        this.sha1 = sha1OrNull;
        this.slices = slices;
    }

    /**
     * The digests.
     *
     * @param sha256 64 lower-case hexadecimal digits
     * @param fingerprint empty if not requested
     * @param sha1 40 digits for each {@link #PART} or {@link #PIECE}, concatenated; empty if not requested
     * @param slices SHA-256 of each slice; empty for a file that is not longer than one slice
     */
    public record Result(String sha256, Optional<Fingerprint> fingerprint, Optional<String> sha1, List<String> slices) {
        public Result {
            slices = List.copyOf(slices);
        }
    }

    /** Adds the bytes from position to limit. */
    public void update(ByteBuffer bytes) {
        byte[] block = BLOCK.get();
        while (bytes.hasRemaining()) {
            int count = slices.next(Math.min(block.length, bytes.remaining()), sha256);
            bytes.get(block, 0, count);
            sha256.update(block, 0, count);
            slices.update(block, count);
            if (fingerprint != null) {
                fingerprint.update(block, 0, count);
            }
            if (sha1 != null) {
                sha1.update(block, 0, count);
            }
        }
    }

    /** Returns the digests of all bytes; nothing can be added afterwards. */
    public Result complete() {
        return new Result(
                Sha256.hex(sha256),
                Optional.ofNullable(fingerprint).map(FingerprintDigest::complete),
                Optional.ofNullable(sha1).map(PartDigest::complete),
                slices.complete());
    }

    /** Returns the SHA-256 of the bytes so far, as 64 lower-case hexadecimal digits. */
    public String sha256SoFar() {
        return Sha256.hex(copy(sha256));
    }

    /** Returns a digest that continues from the same bytes. */
    public ContentDigest copy() {
        return new ContentDigest(
                copy(sha256),
                fingerprint == null ? null : fingerprint.copy(),
                sha1 == null ? null : sha1.copy(),
                slices.copy());
    }

    static MessageDigest copy(MessageDigest digest) {
        return Sha256.copy(digest);
    }
}
