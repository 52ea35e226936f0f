package dev.shoebox.backup.transfer;

import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.backup.event.RunOutcomes;
import dev.shoebox.destination.ingest.Staged;
import dev.shoebox.photos.fingerprint.Proof;
import dev.shoebox.photos.source.MediaFile;

/**
 * Decides whether a file arrived correctly: by the claim of the source's library, by the phone's hash, or by two
 * consecutive reads with the same bytes.
 */
final class Readings {
    /** How often a file is read if the reads keep differing. */
    static final int MOST = 4;

    private final EndToEnd proofs;
    private final RereadPolicy secondReads;
    private final RunOutcomes outcomes;
    private final Runnable doubtAll;

    /** @param doubtAll has every later file read twice unless something else proves it */
    Readings(EndToEnd proofs, RereadPolicy secondReads, RunOutcomes outcomes, Runnable doubtAll) {
        this.proofs = proofs;
        this.secondReads = secondReads;
        this.outcomes = outcomes;
        this.doubtAll = doubtAll;
    }

    /** The next step for a file after a read has ended. */
    enum NextStep {
        /** The file is right, as far as can be determined. */
        SETTLE,
        /** The current stream delivers the file once more, for comparison. */
        COMPARE_WITH_NEXT,
        /** The staged file must be compared with another read at once, because reads differ. */
        COMPARE_NOW,
        /** The same, after the files being read. */
        COMPARE_LATER,
        /**
         * The staged file is wrong or doubtful. After a comparison it is read again at once, else after the files being
         * read; of a large file only the differing ranges, if the phone shows them.
         */
        READ_AGAIN,
        /** The phone has to hash it. */
        ASK_PHONE,
        /** It was read the maximum number of times, and no two reads agreed. */
        GIVE_UP
    }

    /** Decides whether to read the file twice from the start. Called once for each file, in order. */
    void plan(PendingFile file) {
        MediaFile media = file.resource.file();
        file.twice = secondReads.insists(media)
                || (isProvenByReading(file)
                        && (secondReads.samples(media) || (proofs.claims() && secondReads.isCheap(media))));
    }

    /**
     * Marks a file because it or the connection was irregular. Requests already made stay; such a file is compared with
     * another read once it is complete.
     */
    void doubt(PendingFile file) {
        file.doubted = true;
        file.twice |= isProvenByReading(file) && secondReads.wants(file.resource.file());
    }

    /** Plans a file again because the phone's hashes no longer prove anything, before it is requested. */
    void planWithoutHashes(PendingFile file) {
        file.twice |= isProvenByReading(file) && (file.doubted || secondReads.samples(file.resource.file()));
    }

    /** Whether only two reads can prove the file. */
    private boolean isProvenByReading(PendingFile file) {
        return file.claim().isEmpty() && !proofs.hashing().covers(file.resource.file());
    }

    /** Returns the next step if the phone gives no hash. */
    NextStep withoutHash(PendingFile file) {
        boolean twice = !file.isAsClaimed()
                && (file.claim().isPresent()
                        || file.doubted
                        || file.contradicted
                        || secondReads.samples(file.resource.file()));
        return twice ? NextStep.COMPARE_LATER : NextStep.SETTLE;
    }

    /** Returns the next step after a complete read was staged. */
    NextStep staged(PendingFile file) {
        Staged staged = file.staged().orElseThrow();
        file.readings++;
        if (!proofs.believes()) {
            file.ignoreClaim();
        }
        if (file.promised) {
            file.promised = false;
            return NextStep.COMPARE_WITH_NEXT;
        }
        if (file.isAsClaimed()) {
            return asClaimed(file);
        }
        if (file.before().isPresent() && file.before().get().equals(staged.sha256())) {
            return agreed(file);
        }
        if (proofs.isToBeHashed(file)) {
            return NextStep.ASK_PHONE;
        }
        if (isToBeReadTwice(file)) {
            return NextStep.COMPARE_LATER;
        }
        if (file.before().isEmpty() && file.claim().isEmpty()) {
            return NextStep.SETTLE;
        }
        if (file.readings >= MOST) {
            return NextStep.GIVE_UP;
        }
        return file.claim().isPresent() ? NextStep.READ_AGAIN : NextStep.COMPARE_NOW;
    }

    /** Returns the next step after the staged file was read again for comparison. */
    NextStep compared(PendingFile file, String again) {
        file.readings++;
        outcomes.readTwice();
        if (again.equals(file.staged().orElseThrow().sha256())) {
            return agreed(file);
        }
        outcomes.troubled(file.resource, "its second reading returned other bytes");
        distrust(file);
        return file.readings >= MOST ? NextStep.GIVE_UP : NextStep.READ_AGAIN;
    }

    /** Whether the file became doubtful only after it was requested, or after its expected proof failed. */
    private boolean isToBeReadTwice(PendingFile file) {
        boolean joined = file.staged().orElseThrow().isTakenUp() && !secondReads.isEverything();
        return file.twice && file.readings == 1 && file.claim().isEmpty() && !joined;
    }

    /** The file has the fingerprint that its library claims: no bit was changed on the way. */
    private NextStep asClaimed(PendingFile file) {
        file.proof = Proof.FINGERPRINT;
        proofs.confirm();
        if (proofs.isToBeHashed(file)) {
            return NextStep.ASK_PHONE;
        }
        healed(file, "its first reading did not match the fingerprint in Photos");
        return NextStep.SETTLE;
    }

    /** Two reads gave the same bytes. */
    private NextStep agreed(PendingFile file) {
        if (file.claim().isEmpty()) {
            file.proof = Proof.READ_TWICE;
            if (file.contradicted && proofs.hashing().isUsed()) {
                proofs.hashing().giveUp();
                outcomes.tell(new BackupEvent.Warning("Two readings of " + file.path() + " agree but do not "
                        + "match the iPhone's own hash; its hashes are not used in this run."));
            }
        } else {
            file.proof = file.isAsClaimed() ? Proof.FINGERPRINT : proofs.contradict(file);
        }
        return NextStep.SETTLE;
    }

    /** The file arrived correctly; if an earlier read was wrong, the connection is to blame. */
    void healed(PendingFile file, String wrong) {
        if (file.contradicted) {
            outcomes.troubled(file.resource, wrong);
            distrust(file);
        }
    }

    private void distrust(PendingFile file) {
        if (secondReads.distrust()) {
            outcomes.tell(new BackupEvent.Warning("Two readings of " + file.path() + " differ: the connection "
                    + "corrupts data. Try another cable or port. From now on, every file without "
                    + "other proof is read twice."));
            doubtAll.run();
        }
    }
}
