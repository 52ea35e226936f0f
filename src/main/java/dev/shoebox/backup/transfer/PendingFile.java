package dev.shoebox.backup.transfer;

import dev.shoebox.backup.transfer.AssetAssembler.PendingAsset;
import dev.shoebox.destination.ingest.Staged;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.fingerprint.Claim;
import dev.shoebox.photos.fingerprint.Proof;
import dev.shoebox.photos.source.MediaSource.Request;
import dev.shoebox.text.Sha256;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/** A file in transfer, with the state of its reads. */
final class PendingFile {
    final PendingAsset asset;
    final Resource resource;

    /** The library's claim about its content. */
    private Claim claim; // or null

    private Staged staged; // or null
    boolean twice;

    /** The file or the connection was irregular: if nothing else proves the file, it is read twice. */
    boolean doubted;

    /** The current stream delivers it a second time. */
    boolean promised;

    /** The staged file is complete, and is being read again. */
    private RereadDigest second; // or null

    /** The digest of the previous read, if its bytes were discarded. */
    private String before; // or null

    /** Whether a read did not match the library's claim or the phone's hash. */
    boolean contradicted;

    /** Whether the phone was asked which ranges differ. */
    boolean compared;

    /** How the file was verified. */
    Proof proof = Proof.READ_ONCE;

    int readings;

    PendingFile(PendingAsset asset, Resource resource) {
        this.asset = asset;
        this.resource = resource;
    }

    Optional<Claim> claim() {
        return Optional.ofNullable(claim);
    }

    void claimed(Claim bytes) {
        claim = bytes;
    }

    void ignoreClaim() {
        claim = null;
    }

    Optional<Staged> staged() {
        return Optional.ofNullable(staged);
    }

    void stage(Staged part) {
        staged = part;
    }

    void unstage() {
        staged = null;
    }

    Optional<RereadDigest> second() {
        return Optional.ofNullable(second);
    }

    void beginSecond() {
        second = new RereadDigest();
    }

    void endSecond() {
        second = null;
    }

    Optional<String> before() {
        return Optional.ofNullable(before);
    }

    void remember(String sha256) {
        before = sha256;
    }

    String path() {
        return resource.file().path();
    }

    /** Whether the staged file matches the library's claim; false if there is no claim. */
    boolean isAsClaimed() {
        return claim != null && staged.fingerprint().filter(claim::isOf).isPresent();
    }

    /** @param rereadResumed whether to read a resumed file twice, although its kept part was compared already */
    void asked(List<Request> requests, boolean rereadResumed) {
        promised = false;
        if (second != null) {
            beginSecond();
            requests.add(new Request(resource.file(), 0));
            return;
        }
        requests.add(new Request(resource.file(), staged().map(Staged::next).orElse(0L)));
        boolean takenUp = staged != null && staged.isTakenUp();
        if (twice && before == null && (rereadResumed || !takenUp)) {
            promised = true;
            requests.add(new Request(resource.file(), 0));
        }
    }

    /** The second read of a file: hashed, never stored. */
    static final class RereadDigest {
        private final MessageDigest digest = Sha256.digest();

        void take(ByteBuffer bytes) {
            digest.update(bytes);
        }

        /**
         * Returns the digest of all bytes taken, as 64 lower-case hexadecimal digits. Nothing can be taken afterwards.
         */
        String sha256() {
            return Sha256.hex(digest);
        }
    }
}
