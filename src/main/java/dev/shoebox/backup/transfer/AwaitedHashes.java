package dev.shoebox.backup.transfer;

import dev.shoebox.backup.hashing.PhoneHashing;
import dev.shoebox.backup.hashing.PhoneHashing.Answer;
import dev.shoebox.backup.hashing.PhoneHashing.Kind;
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
 * The complete files of one pass that the phone is hashing. Until one of its hashes was right, a phone whose hash
 * differs is no more credible than the cable: the first such file is read again and decides.
 */
final class AwaitedHashes {
    private final EndToEnd proofs;
    private final PhoneHashing hashing;
    private final Decisions decisions;
    private final Map<String, PendingFile> files = new LinkedHashMap<>();

    /** Files whose hash differed, waiting for the first of them to decide. */
    private final Set<String> undecided = new LinkedHashSet<>();

    private boolean deciding;

    AwaitedHashes(EndToEnd proofs, Decisions decisions) {
        this.proofs = proofs;
        this.hashing = proofs.hashing();
        this.decisions = decisions;
    }

    /** The decisions about a file. */
    interface Decisions {
        /** The file is right. */
        void settle(PendingFile file) throws IOException;

        /** The bytes of a discarded read differed from the phone's hash. */
        void readAgain(PendingFile file) throws IOException;

        /** The phone did not hash the file. */
        void withoutHash(PendingFile file) throws IOException;

        /** The file arrived correctly after a wrong read. */
        void healed(PendingFile file, String wrong);

        /** Gives the file up if it was read the maximum number of times. */
        Optional<Failure> giveUpIfReadTooOften(PendingFile file) throws IOException;

        /** Returns whether no further file is expected. */
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
     * Processes the phone's answers.
     *
     * @param wait whether to wait briefly for an answer
     * @return the files that failed
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
                && file.staged()
                        .orElseThrow()
                        .sha1()
                        .filter(answer.sha1()::equals)
                        .isPresent();
        if (right) {
            files.remove(file.path());
            hashing.confirm();
            decisions.healed(file, "its bytes did not match the iPhone's own hash when it was first read");
            if (file.claim().isEmpty()) {
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

    /** The phone's hashes are credible, so files with a different hash are read again. */
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
