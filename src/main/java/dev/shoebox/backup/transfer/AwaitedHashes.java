package dev.shoebox.backup.transfer;

import dev.shoebox.backup.transfer.PhoneHashing.Answer;
import dev.shoebox.backup.transfer.PhoneHashing.Kind;
import dev.shoebox.backup.transfer.Transfer.Failure;
import dev.shoebox.photos.fingerprint.Proof;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The files of one pass that came whole and are being hashed by the phone. Until one of its answers was right, a phone that
 * hashes otherwise than it gives is no more to be believed than the cable: the first such file is read again and decides.
 */
final class AwaitedHashes {
    private final EndToEnd proofs;
    private final PhoneHashing hashing;
    private final Decisions decisions;
    private final Map<String, PendingFile> files = new LinkedHashMap<>();

    /** Those that the phone hashed otherwise than they came, and that wait for the first of them to decide. */
    private final Set<String> undecided = new LinkedHashSet<>();

    private boolean deciding;

    AwaitedHashes(EndToEnd proofs, Decisions decisions) {
        this.proofs = proofs;
        this.hashing = proofs.hashing();
        this.decisions = decisions;
    }

    /** What becomes of a file. */
    interface Decisions {
        /** It is what it should be. */
        void settle(PendingFile file) throws IOException;

        /** A reading that is not kept was not what the phone has. */
        void readAgain(PendingFile file) throws IOException;

        /** The phone does not tell. */
        void withoutHash(PendingFile file) throws IOException;

        /** It came right after it had come wrong. */
        void healed(PendingFile file, String wrong);

        /** It was read as often as a file is. */
        Optional<Failure> giveUpIfReadTooOften(PendingFile file) throws IOException;

        /** Whether nothing is left that could still come. */
        boolean isAllHere();
    }

    void ask(PendingFile file) {
        files.put(file.path(), file);
        hashing.ask(file.resource.file());
    }

    boolean isEmpty() {
        return files.isEmpty();
    }

    Collection<PendingFile> files() {
        return files.values();
    }

    /**
     * Takes what the phone answered.
     *
     * @param wait whether to wait a little for an answer
     * @return the files that failed by it
     */
    List<Failure> take(boolean wait) throws IOException {
        List<Failure> failures = new ArrayList<>();
        boolean waiting = wait;
        for (Optional<Answer> answer = hashing.poll(waiting); answer.isPresent(); answer = hashing.poll(false)) {
            waiting = false;
            PendingFile file = files.get(answer.get().file().path());
            if (file != null) {
                take(file, answer.get()).ifPresent(failures::add);
            }
        }
        if (!hashing.isUsed() && !files.isEmpty()) {
            undecided.clear();
            for (PendingFile file : List.copyOf(files.values())) {
                files.remove(file.path());
                decisions.withoutHash(file);
            }
        } else if (decisions.isAllHere() && undecided.containsAll(files.keySet())) {
            decide();
        }
        return failures;
    }

    private Optional<Failure> take(PendingFile file, Answer answer) throws IOException {
        boolean right = answer.kind() == Kind.HASHED
                && file.staged
                        .orElseThrow()
                        .sha1()
                        .filter(answer.sha1()::equals)
                        .isPresent();
        if (right) {
            files.remove(file.path());
            hashing.confirm();
            decisions.healed(file, "its bytes did not match the iPhone's own hash when it was first read");
            if (file.claim.isEmpty()) {
                file.proof = Proof.PHONE_HASH;
            } else if (!file.isAsClaimed()) {
                file.proof = proofs.contradict(file);
            }
            decisions.settle(file);
            decide();
        } else if (answer.kind() == Kind.LOST) {
            files.remove(file.path());
            decisions.withoutHash(file);
        } else if (answer.kind() == Kind.REFUSED && hashing.tolerates()) {
            files.remove(file.path());
            file.doubted = true;
            decisions.withoutHash(file);
        } else if (answer.kind() == Kind.REFUSED || file.isAsClaimed()) {
            hashing.giveUp();
        } else if (deciding && !hashing.isConfirmed()) {
            undecided.add(file.path());
        } else {
            files.remove(file.path());
            deciding = true;
            Optional<Failure> failure = decisions.giveUpIfReadTooOften(file);
            if (failure.isPresent()) {
                return failure;
            }
            decisions.readAgain(file);
        }
        return Optional.empty();
    }

    /** Nothing speaks for the cable any more: what the phone hashed otherwise than it came is read again. */
    private void decide() throws IOException {
        for (String path : undecided) {
            PendingFile file = files.remove(path);
            if (file != null) {
                decisions.readAgain(file);
            }
        }
        undecided.clear();
    }
}
