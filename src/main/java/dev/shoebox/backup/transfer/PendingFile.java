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

/** A file on its way from the source, with what is known of its readings so far. */
final class PendingFile {
    final PendingAsset asset;
    final Resource resource;

    /** What the source's library says of its bytes. */
    Optional<Claim> claim;

    Optional<Staged> staged = Optional.empty();
    boolean twice;

    /** Something was odd about it or the connection: if nothing else proves it, it is read twice. */
    boolean doubted;

    /** The current stream brings it a second time. */
    boolean promised;

    /** What is staged is whole, and is being read again. */
    Optional<RereadDigest> second = Optional.empty();

    /** What the reading before this one gave, if that one was not kept. */
    Optional<String> before = Optional.empty();

    /** Whether a reading of it was not what its library or the phone's own hash says. */
    boolean contradicted;

    /** Whether the phone was to tell where it differs from what came. */
    boolean compared;

    /** How it is known to be right, as soon as it is. */
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

    /** Whether what is staged is what the library claims; false where it claims nothing. */
    boolean isAsClaimed() {
        return claim.isPresent()
                && staged.orElseThrow().fingerprint().filter(claim.get()::isOf).isPresent();
    }

    /** @param rereadResumed whether also a resumed file is read twice, of which what was kept was compared already */
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

    /** A file as it comes from the phone a second time: hashed, never stored. */
    static final class RereadDigest {
        private final MessageDigest digest = Sha256.digest();

        void take(ByteBuffer bytes) {
            digest.update(bytes);
        }

        /** Of everything taken; nothing can be taken after. 64 lower-case hexadecimal digits. */
        String sha256() {
            return Sha256.hex(digest);
        }
    }
}
