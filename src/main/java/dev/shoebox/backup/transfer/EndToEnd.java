package dev.shoebox.backup.transfer;

import dev.shoebox.backup.event.FingerprintUse;
import dev.shoebox.backup.plan.Planner.Step;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.fingerprint.Claim;
import dev.shoebox.photos.fingerprint.ContentDigest.Extra;
import dev.shoebox.photos.fingerprint.Proof;
import dev.shoebox.photos.source.MediaFile;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What can prove from one end to the other, with one reading, that the bytes of a file are those of the phone. */
public final class EndToEnd {
    private static final int MOST_WRONG = 10;

    private final FingerprintUse use;
    private final Optional<Library> library;
    private final PhoneHashing hashing;

    /** Whether also what a fingerprint proves is hashed by the phone. */
    private final boolean hashesAll;

    private int contradictions;
    private int confirmations;
    private int differences;

    /**
     * For one run.
     *
     * @param use whether fingerprints are looked at
     * @param hashesAll whether also what a fingerprint proves is hashed by the phone
     */
    public EndToEnd(FingerprintUse use, Optional<Library> library, PhoneHashing hashing, boolean hashesAll) {
        this.use = use;
        this.library = use == FingerprintUse.OFF ? Optional.empty() : library;
        this.hashing = hashing;
        this.hashesAll = hashesAll;
    }

    Optional<Claim> claim(Asset asset, Resource resource) {
        return resource.file().size() == 0 ? Optional.empty() : library.flatMap(known -> known.claim(asset, resource));
    }

    /** Finds out whether the phone hashes files at all, if there is a file that only this could prove. */
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

    /** Whether a library claims anything: then little is left that only a second reading proves. */
    boolean claims() {
        return library.filter(known -> !known.claims().isEmpty()).isPresent();
    }

    public PhoneHashing hashing() {
        return hashing;
    }

    /** Whether the phone's own hash is to prove it. */
    boolean isToBeHashed(PendingFile file) {
        return (hashesAll || file.claim.isEmpty()) && hashing.covers(file.resource.file());
    }

    /** What is to be computed of it as it comes. */
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

    /** Two readings agree with each other and not with what is claimed: what that means. */
    Proof contradict(PendingFile file) {
        if (!file.claim.orElseThrow().allows(file.resource.file().size())) {
            return Proof.CHANGED;
        }
        contradictions++;
        return Proof.PERHAPS_DAMAGED;
    }

    /** A file turned out to be what is claimed of it. */
    void confirm() {
        confirmations++;
    }

    /**
     * A file came otherwise than is claimed of it.
     *
     * @return whether so many did by now, and none as is claimed, that it is time to find out who is wrong
     */
    boolean differs() {
        return ++differences == MOST_WRONG && confirmations == 0;
    }

    /** Whether claims are worth a second reading: not where so many were wrong and not one was right. */
    boolean believes() {
        return confirmations > 0 || contradictions < MOST_WRONG;
    }

    /** How many claims turned out to be of other bytes than those of the phone, of as many. */
    public int contradictions() {
        return contradictions;
    }
}
