package dev.shoebox.photos.fingerprint;

import dev.shoebox.text.Sha256;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Everything that is computed of the bytes of a file, in one pass over them: SHA-256, the fingerprint of Photos, and, where
 * a phone is to be asked for its own, SHA-1. Not safe for use by several threads.
 */
public final class ContentDigest {
    /** So many bytes stay in the processor's nearest memory while each digest takes them. */
    private static final int BLOCK = 8 << 10;

    private final MessageDigest sha256;
    private final FingerprintDigest fingerprint;
    private final Optional<MessageDigest> sha1;
    private final byte[] block = new byte[BLOCK];

    /** @param withSha1 whether SHA-1 of the bare bytes is wanted, too */
    public ContentDigest(boolean withSha1) {
        this(
                Sha256.digest(),
                new FingerprintDigest(),
                withSha1 ? Optional.of(FingerprintDigest.sha1()) : Optional.empty());
    }

    private ContentDigest(MessageDigest sha256, FingerprintDigest fingerprint, Optional<MessageDigest> sha1) {
        this.sha256 = sha256;
        this.fingerprint = fingerprint;
        this.sha1 = sha1;
    }

    /**
     * What came of it.
     *
     * @param sha256 64 lower-case hexadecimal digits
     * @param sha1 40 of them; empty where it was not wanted
     */
    public record Result(String sha256, Fingerprint fingerprint, Optional<String> sha1) {}

    /** Takes the bytes from position to limit. */
    public void update(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            int count = Math.min(block.length, bytes.remaining());
            bytes.get(block, 0, count);
            sha256.update(block, 0, count);
            fingerprint.update(block, 0, count);
            if (sha1.isPresent()) {
                sha1.get().update(block, 0, count);
            }
        }
    }

    /** Of everything it was fed; nothing can be added after. */
    public Result complete() {
        return new Result(Sha256.hex(sha256), fingerprint.complete(), sha1.map(digest -> HexFormat.of()
                .formatHex(digest.digest())));
    }

    /** SHA-256 of what it was fed so far: 64 lower-case hexadecimal digits. */
    public String sha256SoFar() {
        return Sha256.hex(copy(sha256));
    }

    /** One that goes on from the same bytes. */
    public ContentDigest copy() {
        return new ContentDigest(copy(sha256), fingerprint.copy(), sha1.map(ContentDigest::copy));
    }

    private static MessageDigest copy(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's digests can be cloned", e);
        }
    }
}
