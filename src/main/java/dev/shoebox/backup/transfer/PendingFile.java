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
    Optional<Claim> claim;

    Optional<Staged> staged = Optional.empty();
    boolean twice;

    /** The file or the connection was irregular: if nothing else proves the file, it is read twice. */
    boolean doubted;

    /** The current stream delivers it a second time. */
    boolean promised;

    /** The staged file is complete, and is being read again. */
    Optional<RereadDigest> second = Optional.empty();

    /** The digest of the previous read, if its bytes were discarded. */
    Optional<String> before = Optional.empty();

    /** Whether a read did not match the library's claim or the phone's hash. */
    boolean contradicted;

    /** Whether the phone was asked which ranges differ. */
    boolean compared;

    /** How the file was verified. */
    Proof proof = Proof.READ_ONCE;

    int readings;

    PendingFile(PendingAsset asset, Resource resource, Optional<Claim> claim) {
        this.asset = asset;
        this.resource = resource;
        this.claim = claim;
    }

    String path() {
        return resource.file().path();
    }

    /** Whether the staged file matches the library's claim; false if there is no claim. */
    boolean isAsClaimed() {
        return claim.isPresent()
                && staged.orElseThrow().fingerprint().filter(claim.get()::isOf).isPresent();
    }

    /** @param rereadResumed whether to read a resumed file twice, although its kept part was compared already */
    void asked(List<Request> requests, boolean rereadResumed) {
        promised = false;
        if (second.isPresent()) {
            second = Optional.of(new RereadDigest());
            requests.add(new Request(resource.file(), 0));
            return;
        }
        requests.add(new Request(resource.file(), staged.map(Staged::next).orElse(0L)));
        boolean takenUp = staged.filter(Staged::isTakenUp).isPresent();
        if (twice && before.isEmpty() && (rereadResumed || !takenUp)) {
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
