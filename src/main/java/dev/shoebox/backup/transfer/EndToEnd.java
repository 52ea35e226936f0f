package dev.shoebox.backup.transfer;

import dev.shoebox.backup.event.FingerprintUse;
import dev.shoebox.backup.hashing.PhoneHashing;
import dev.shoebox.backup.plan.Planner.Step;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.fingerprint.Claim;
import dev.shoebox.photos.fingerprint.Claims;
import dev.shoebox.photos.fingerprint.ContentDigest.Extra;
import dev.shoebox.photos.fingerprint.Proof;
import dev.shoebox.photos.source.MediaFile;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds what can prove with a single read that the bytes of a file are those on the phone. */
public final class EndToEnd {
    private final FingerprintUse use;
    private final Library library;
    private final PhoneHashing hashing;

    /** Whether the phone also hashes files that a fingerprint proves. */
    private final boolean hashesAll;

    private int contradictions;
    private int confirmations;
    private int differences;

    /**
     * Creates an instance for one run.
     *
     * @param use whether fingerprints are used
     * @param hashesAll whether the phone also hashes files that a fingerprint proves
     */
    public EndToEnd(FingerprintUse use, Library library, PhoneHashing hashing, boolean hashesAll) {
        this.use = use;
        this.library = use == FingerprintUse.OFF ? Library.NONE : library;
        this.hashing = hashing;
        this.hashesAll = hashesAll;
    }

    Optional<Claim> claim(Asset asset, Resource resource) {
        return resource.file().size() == 0 ? Optional.empty() : library.claim(asset, resource);
    }

    /** Tests whether the phone hashes files, if there is a file that nothing else could prove. */
    public void prepare(List<Step> steps) {
        Optional<MediaFile> smallest = Optional.empty();
        for (Step step : steps) {
            for (Resource resource : step.missing()) {
                MediaFile file = resource.file();
                boolean smaller =
                        smallest.isEmpty() || file.size() < smallest.get().size();
                if (smaller
                        && hashing.covers(file)
                        && (hashesAll || claim(step.asset(), resource).isEmpty())) {
                    smallest = Optional.of(file);
                }
            }
        }
        smallest.ifPresent(hashing::probe);
    }

    /** Whether a library claims anything: then few files need a second read. */
    boolean claims() {
        return !library.claims().isEmpty();
    }

    public PhoneHashing hashing() {
        return hashing;
    }

    /** Whether the phone's hash is needed to prove the file. */
    boolean isToBeHashed(PendingFile file) {
        return (hashesAll || file.claim().isEmpty()) && hashing.covers(file.resource.file());
    }

    /** Returns what to compute while the file arrives. */
    Set<Extra> extras(PendingFile file) {
        Set<Extra> extras = EnumSet.noneOf(Extra.class);
        if (use != FingerprintUse.OFF) {
            extras.add(Extra.FINGERPRINT);
        }
        if (isToBeHashed(file)) {
            extras.add(hashing.asksForPieces(file.resource.file()) ? Extra.SHA1_OF_PIECES : Extra.SHA1);
        }
        return extras;
    }

    /** Returns the proof of a file whose bytes are confirmed, but are not those of the claim. */
    Proof contradict(PendingFile file) {
        if (!file.claim().orElseThrow().allows(file.resource.file().size())) {
            return Proof.CHANGED;
        }
        contradictions++;
        return Proof.PERHAPS_DAMAGED;
    }

    /** Notes that a file matched its claim. */
    void confirm() {
        confirmations++;
    }

    /**
     * Notes that a file did not match its claim.
     *
     * @return whether so many have not matched, and none has, that it is time to find out which side is wrong
     */
    boolean differs() {
        return ++differences == Claims.MOST_WRONG && confirmations == 0;
    }

    /** Whether a claim justifies a second read: not if many were wrong and none was right. */
    boolean believes() {
        return Claims.areBelieved(confirmations, contradictions);
    }

    /** Returns how many claims turned out to differ from the bytes on the phone. */
    public int contradictions() {
        return contradictions;
    }
}
