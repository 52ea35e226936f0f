package dev.shoebox.backup.transfer;

import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.backup.event.RunOutcomes;
import dev.shoebox.destination.ingest.Staged;
import dev.shoebox.photos.fingerprint.Proof;
import dev.shoebox.photos.source.MediaFile;

import java.util.Optional;

/**
 * Decides by its readings whether a file came right: by what its source's library claims, by the phone's own hash, or by two
 * readings, one after the other, that gave the same bytes.
 */
final class Readings {
    /** How often a file is read whose readings keep differing. */
    static final int MOST = 4;

    private final EndToEnd proofs;
    private final RereadPolicy secondReads;
    private final RunOutcomes outcomes;
    private final Runnable doubtAll;

    /** @param doubtAll has everything read twice from here on that nothing else proves */
    Readings(EndToEnd proofs, RereadPolicy secondReads, RunOutcomes outcomes, Runnable doubtAll) {
        this.proofs = proofs;
        this.secondReads = secondReads;
        this.outcomes = outcomes;
        this.doubtAll = doubtAll;
    }

    /** What is to become of a file of which a reading has come to its end. */
    enum NextStep {
        /** It is what it should be, as far as anybody can tell. */
        SETTLE,
        /** The current stream brings it once more, to be compared. */
        COMPARE_WITH_NEXT,
        /** What is staged is to be compared with another reading, at once: readings differ. */
        COMPARE_NOW,
        /** The same, behind what is being read. */
        COMPARE_LATER,
        /** What is staged is wrong or doubtful: it is thrown away and read anew, behind what is being read. */
        READ_AGAIN,
        /** The phone is to hash it. */
        ASK_PHONE,
        /** It was read as often as a file is, and never came twice alike. */
        GIVE_UP
    }

    /** Decides whether it is read twice from the start. To be asked once for each file, in their order. */
    void plan(PendingFile file) {
        MediaFile media = file.resource.file();
        file.twice = secondReads.insists(media)
                || (isProvenByReading(file)
                        && (secondReads.samples(media) || (proofs.claims() && secondReads.isCheap(media))));
    }

    /** Something was odd about it or the connection. Changes nothing for a file that is asked for already. */
    void doubt(PendingFile file) {
        file.doubted = true;
        file.twice |= isProvenByReading(file) && secondReads.wants(file.resource.file());
    }

    /** The phone's hashes no longer prove anything, before the file is asked for. */
    void planWithoutHashes(PendingFile file) {
        file.twice |= isProvenByReading(file) && (file.doubted || secondReads.samples(file.resource.file()));
    }

    /** Whether nothing but reading it twice could prove it. */
    private boolean isProvenByReading(PendingFile file) {
        return file.claim.isEmpty() && !proofs.hashing().covers(file.resource.file());
    }

    /** The phone does not tell its hash: what else there is decides. */
    NextStep withoutHash(PendingFile file) {
        boolean twice = !file.isAsClaimed()
                && (file.claim.isPresent()
                        || file.doubted
                        || file.contradicted
                        || secondReads.samples(file.resource.file()));
        return twice ? NextStep.COMPARE_LATER : NextStep.SETTLE;
    }

    /** A reading is staged, whole. */
    NextStep staged(PendingFile file) {
        Staged staged = file.staged.orElseThrow();
        file.readings++;
        if (!proofs.believes()) {
            file.claim = Optional.empty();
        }
        if (file.promised) {
            file.promised = false;
            return NextStep.COMPARE_WITH_NEXT;
        }
        if (file.isAsClaimed()) {
            return asClaimed(file);
        }
        if (file.before.isPresent() && file.before.get().equals(staged.sha256())) {
            return agreed(file);
        }
        if (proofs.isToBeHashed(file)) {
            return NextStep.ASK_PHONE;
        }
        if (isToBeReadTwice(file)) {
            return NextStep.COMPARE_LATER;
        }
        if (file.before.isEmpty() && file.claim.isEmpty()) {
            return NextStep.SETTLE;
        }
        if (file.readings >= MOST) {
            return NextStep.GIVE_UP;
        }
        return file.claim.isPresent() ? NextStep.READ_AGAIN : NextStep.COMPARE_NOW;
    }

    /** What is staged came once more, to be compared. */
    NextStep compared(PendingFile file, String again) {
        file.readings++;
        outcomes.readTwice();
        if (again.equals(file.staged.orElseThrow().sha256())) {
            return agreed(file);
        }
        outcomes.troubled(file.resource, "its second reading returned other bytes");
        distrust(file);
        return file.readings >= MOST ? NextStep.GIVE_UP : NextStep.READ_AGAIN;
    }

    /** Whether it came to be doubted only after it was asked for, or after what should have proven it failed. */
    private boolean isToBeReadTwice(PendingFile file) {
        boolean joined = file.staged.orElseThrow().isTakenUp() && !secondReads.isEverything();
        return file.twice && file.readings == 1 && file.claim.isEmpty() && !joined;
    }

    /** It has the fingerprint that its library claims: nothing on the way changed a bit of it. */
    private NextStep asClaimed(PendingFile file) {
        file.proof = Proof.FINGERPRINT;
        proofs.confirm();
        if (proofs.isToBeHashed(file)) {
            return NextStep.ASK_PHONE;
        }
        healed(file, "its first reading did not match the fingerprint in Photos");
        return NextStep.SETTLE;
    }

    /** Two readings gave the same bytes. */
    private NextStep agreed(PendingFile file) {
        if (file.claim.isEmpty()) {
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

    /** It came right: if it had come wrong before, the way is to blame. */
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
